package io.karst.lua;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.BulkList;
import io.karst.commands.Reply;
import io.karst.commands.ScoredList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values of Lua to replies, and replies to values of Lua.
class ConversionTest {
  private static final String RESP3 = "redis.setresp(3) ";

  private final Scripts scripts = new Scripts();

  @AfterEach
  void close() {
    scripts.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nil | nil",
        "false | nil",
        "true | 1",
        "3.99 | 3",
        "-3.99 | -3",
        "'x' | \"x\"",
        "1e300 | 9223372036854775807",
        "{1, 2, nil, 4} | [1, 2]",
        "{} | []",
        "{ok = 'fine'} | +fine",
        "{err = 'X y'} | -X y",
        "{double = 3.5} | ,3.5",
        "{map = {a = 1}} | %{\"a\", 1}",
        "{set = {a = true}} | ~{\"a\"}",
        "{big_number = '123'} | (123",
        "{verbatim_string = {format = 'txt', string = 'a'}} | =txt:a",
        "{1, {2, {3, 'x'}}} | [1, [2, [3, \"x\"]]]",
        "{{err = 'E'}, {ok = 'O'}} | [-E, +O]",
        "function() end | nil",
        "{a = 1} | []",
        "{ok = 'a\\r\\nb'} | +a  b"
      })
  void valuesBecomeReplies(String value, String reply) {
    assertThat(scripts.run("return " + value)).isEqualTo(reply);
  }

  @Test
  void inResp3ThereAreBooleans() {
    assertThat(scripts.run(RESP3 + "return {true, false, {map = {a = false}}}"))
        .isEqualTo("[#true, #false, %{\"a\", #false}]");
    assertThat(scripts.run("return true")).as("only in the run that asked").isEqualTo("1");
  }

  @Test
  void aReplyNestedTooDeepIsAnError() {
    Reply reply = scripts.reply("local t = {} for i = 1, 2000 do t = {t} end return t");
    while (reply instanceof Reply.Array array) {
      reply = array.items().getFirst();
    }
    assertThat(reply).isEqualTo(new Reply.Err("ERR reached lua stack limit"));
  }

  private void answers(Reply reply, String resp2, String resp3) {
    scripts.host.commands.put("x", _ -> reply);
    String show =
        "local function show(v) if type(v) ~= 'table' then return type(v) .. ' ' .. tostring(v) end"
            + " local keys = {} for k in pairs(v) do keys[#keys + 1] = k end"
            + " table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)"
            + " local s = {} for _, k in ipairs(keys) do s[#s + 1] = tostring(k) .. '=' .. "
            + "show(v[k]) end"
            + " return '{' .. table.concat(s, ',') .. '}' end return show(redis.call('x'))";
    assertThat(scripts.run(show)).isEqualTo('"' + resp2 + '"');
    assertThat(scripts.run(RESP3 + show)).isEqualTo('"' + resp3 + '"');
  }

  @Test
  void repliesBecomeValues() {
    answers(Reply.OK, "{ok=string OK}", "{ok=string OK}");
    answers(Reply.of(5), "number 5", "number 5");
    answers(Reply.bulk("a"), "string a", "string a");
    answers(Reply.NIL, "boolean false", "nil nil");
    answers(Reply.NIL_ARRAY, "boolean false", "nil nil");
    answers(new Reply.Real(1.5), "string 1.5", "{double=number 1.5}");
    answers(new Reply.RealText(Bytes.utf8("2.5")), "string 2.5", "{double=number 2.5}");
    answers(new Reply.Bool(true), "number 1", "boolean true");
    answers(new Reply.BigNumber("99"), "string 99", "{big_number=string 99}");
    answers(
        new Reply.Verbatim("txt", Bytes.utf8("v")),
        "string v",
        "{verbatim_string={format=string txt,string=string v}}");
    answers(
        Reply.array(Reply.ONE, Reply.bulk("b")),
        "{1=number 1,2=string b}",
        "{1=number 1,2=string b}");
    answers(
        new Reply.Dictionary(List.of(Reply.bulk("k"), Reply.ONE)),
        "{1=string k,2=number 1}",
        "{map={k=number 1}}");
    answers(
        new Reply.Collection(List.of(Reply.bulk("m"))), "{1=string m}", "{set={m=boolean true}}");
    answers(
        new Reply.Entries(List.of(Reply.bulk("k"), Reply.ONE)),
        "{1={1=string k,2=number 1}}",
        "{map={k=number 1}}");
    answers(new Reply.Blocked(0, Reply.NIL, null), "boolean false", "nil nil");
  }

  @Test
  void whatLiesInCollectionsBecomesTables() {
    BulkList items = new BulkList();
    items.add(Bytes.utf8("a"));
    items.add(Bytes.utf8("b"));
    String flat = "{1=string a,2=string b}";
    answers(new Reply.Strings(items), flat, flat);
    answers(
        new Reply.Strings(items, Reply.Shape.SET), flat, "{set={a=boolean true,b=boolean true}}");
    answers(new Reply.Strings(items, Reply.Shape.MAP), flat, "{map={a=string b}}");
    answers(new Reply.Strings(items, Reply.Shape.PAIRS), flat, "{1={1=string a,2=string b}}");
    ScoredList scored = new ScoredList();
    scored.add(Bytes.utf8("m"), 1.5);
    answers(
        new Reply.Scored(scored, true),
        "{1=string m,2=string 1.5}",
        "{1={1=string m,2={double=number 1.5}}}");
    answers(
        new Reply.Scored(scored, false),
        "{1=string m,2=string 1.5}",
        "{1=string m,2={double=number 1.5}}");
  }

  @Test
  void aHugeArrayTravelsBothWays() {
    BulkList items = new BulkList();
    for (int i = 0; i < 200_000; i++) {
      items.add(i);
    }
    scripts.host.commands.put("x", _ -> new Reply.Strings(items));
    assertThat(scripts.run("return #redis.call('x')")).isEqualTo("200000");
    Reply.Array array = (Reply.Array) scripts.reply("return redis.call('x')");
    assertThat(array.items()).hasSize(200_000);
    assertThat(array.items().getLast()).isEqualTo(Reply.bulk("199999"));
  }
}
