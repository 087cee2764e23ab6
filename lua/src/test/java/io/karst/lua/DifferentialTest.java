package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The same scripts here and in a `redis-server` 7.0: the same replies, word by word.
@Timeout(120)
class DifferentialTest {
  private static final long SEED = Long.getLong("seed", 20_261_127);

  private static final List<String> SCRIPTS =
      List.of(
          // First, as chance goes on from script to script there, and begins anew here.
          "return {math.random() .. '', math.random(10), math.random(5, 9)}",
          // Replies
          "return {1, 2.9, -2.9, 'x', true, false, {ok = 'O'}, {err = 'E e'}, {1, {2}}, nil, 9}",
          "return {err = '-E'}",
          "return redis.status_reply('FINE')",
          "return redis.error_reply('one')",
          "return redis.error_reply('-two words')",
          "return redis.error_reply('a\\r\\nb')",
          "return redis.error_reply()",
          "return redis.error_reply(1)",
          "return redis.replicate_commands()",
          "return redis.sha1hex('abc') .. redis.sha1hex(1)",
          // Errors
          "x = 1",
          "return x",
          "redis.x = 1",
          "string.x = 1",
          "return redis.nosuch",
          "error('a')",
          "error('a', 0)",
          "error({err = 'FOO bar'})",
          "error(3)",
          "assert(false, 'no')",
          "assert(false)",
          "return nil .. 1",
          "return ('x'):bad()",
          "return 1 + {}",
          "local t = nil\nreturn t.x",
          "return #5",
          "return {} < 1",
          "local function f() f() end f()",
          "return redis.call()",
          "return redis.pcall()",
          "return redis.call({})",
          "return redis.call('get', true)",
          "return redis.sha1hex()",
          "redis.log(1)",
          "redis.log('a', 'b')",
          "redis.log(9, 'b')",
          "redis.setresp()",
          "redis.setresp(4)",
          "redis.set_repl()",
          "redis.set_repl(9)",
          "redis.acl_check_cmd()",
          "rawset(_G, 'a', 1)",
          "setmetatable(_G, {})",
          "local a = load('x')",
          "local a = pairs(nil)",
          "local a = ipairs(1)",
          "return tonumber()",
          "local a = setmetatable(1, {})",
          "return string.rep()",
          "return string.gsub('x', '%', '')",
          "return string.gsub('x')",
          "return math.random(0)",
          "return {pcall(error, 'x')}",
          "return {pcall(error, {err = 'E x'})}",
          "return {pcall(error)}",
          "return {pcall(function() local x = nil + 1 end)}",
          "return {xpcall(function() error('y') end, function(e) return 'h ' .. e end)}",
          "return select(2, loadstring('x y'))",
          "return coroutine.wrap(function() error('in') end)()",
          // Lua
          "return string.format('%5.2f|%d|%s|%q|%x|%g', 1.5, 3, 'a', 'b\\n', 255, 1e20)",
          "return table.concat({1, 2.5, 'x'}, '-')",
          "return {unpack({1, 2, 3})}",
          "return tostring(1e15) .. tostring(2^53) .. tostring(0.1) .. tostring(-0)",
          "local t = {5, 2, 8} table.sort(t) return t",
          "return {string.byte('a\\0b', 1, -1)}",
          "return string.gsub('hello', 'l', {l = 'L'})",
          "return string.gsub('hello', '(h)(e)', '%2%1')",
          "return string.gsub('abc', '%w', function(c) return c .. c end)",
          "return {string.find('a.b', '.', 1, true), string.match('k=v', '(%w)=(%w)')}",
          "return _VERSION",
          // Libraries
          "return cjson.encode({1, {a = 'x/\\n\\0\\127'}, cjson.null, 1.5, 1e20, 0.1, 1/3, {}})",
          "return cjson.encode({[3] = 1})",
          "return cjson.encode({[100] = 1})",
          "return cjson.encode(1/0)",
          "return cjson.encode(function() end)",
          "return cjson.encode({[true] = 1})",
          "return cjson.encode()",
          "return cjson.decode('[1, 2.9, \"x\", null, {\"a\": [true]}]')",
          "return cjson.decode('')",
          "return cjson.decode('[1')",
          "return cjson.decode('[1,]')",
          "return cjson.decode('{\"a\" 1}')",
          "return cjson.decode('{1:2}')",
          "return cjson.decode('nul')",
          "return cjson.decode('1 2')",
          "return cjson.decode('\"\\\\x\"')",
          "return cjson.decode('\"\\\\u00e9\\\\ud83d\\\\ude00\"')",
          "return cjson.decode('01') .. cjson.decode('0x1f')",
          "return cmsgpack.pack(1, -1, 300, 1.5, 0.1, 'x', true, nil, {1, 2}, {a = 1}, 2^40, "
              + "-2^40)",
          "return {cmsgpack.unpack(cmsgpack.pack(1, -1, 300, 'x', {1, 2}))}",
          "return {cmsgpack.unpack_limit(cmsgpack.pack(1, 2, 3), 2)}",
          "return {cmsgpack.unpack_one(cmsgpack.pack(1, 2, 3), 1)}",
          "return cmsgpack.pack()",
          "return cmsgpack.unpack('\\220')",
          "return cmsgpack.unpack('\\193')",
          "return cmsgpack.unpack_one('a', -1)",
          "return cmsgpack.unpack_one('a', 9)",
          "return struct.pack('>bhilfds', 1, 2, 3, 4, 1.5, 0.1, 'x') .. struct.pack('<!4bI3c2', "
              + "1, 7, 'ab')",
          "return {struct.unpack('>hBs', '\\1\\2\\3abc\\0')}",
          "return {struct.size('bhild'), struct.size('!8bhild')}",
          "return struct.pack('z', 1)",
          "return struct.pack('i33', 1)",
          "return struct.unpack('i', 'a')",
          "return struct.unpack('s', 'a')",
          "return struct.pack('c3', 'a')",
          "return struct.size('s')",
          "return struct.size('c0')",
          "return {bit.tobit(2^40 + 7), bit.bnot(1), bit.bswap(1), bit.rol(1, 33), "
              + "bit.tohex(255, -4)}",
          "return {bit.band(7, 3.5), bit.bor(1, 2, 4), bit.arshift(-8, 1), bit.rshift(-8, 1)}",
          "return bit.tobit('x')");

  @Test
  void scriptsAnswerTheSame() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    compare(SCRIPTS);
  }

  @Test
  void randomValuesTravelTheSame() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<String> scripts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      long word = random.nextInt();
      if (Double.isFinite(number)) {
        scripts.add("return cjson.encode(" + number + ")");
        scripts.add("return cmsgpack.pack(" + number + ")");
      }
      scripts.add("return cmsgpack.pack(" + (word << random.nextInt(33)) + ")");
      scripts.add(
          "return {bit.rol("
              + word
              + ", "
              + i
              + "), bit.bxor("
              + word
              + ", "
              + number
              + " % 2^50)}");
      scripts.add("return struct.pack('>lhi', " + word + ", " + word % 32768 + ", " + word + ")");
    }
    compare(scripts);
  }

  private static void compare(List<String> bodies) throws IOException {
    List<String> differences = new ArrayList<>();
    try (RealRedis redis = new RealRedis();
        Scripts scripts = new Scripts()) {
      for (String body : bodies) {
        String theirs = Scripts.show(redis.eval(body));
        String ours = Scripts.show(scripts.reply(body));
        if (!ours.equals(theirs)) {
          differences.add(body + "\n  theirs " + theirs + "\n  ours   " + ours);
        }
      }
    }
    assertThat(differences).isEmpty();
  }
}
