package io.karst.bench.scripts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A script that is called by its digest, with one key at random.
public enum ScriptTest {
  /// What a script costs by itself.
  NOTHING("return 1", List.of()),
  RATE_LIMIT(
      """
      local n = redis.call('INCR', KEYS[1])
      if n == 1 then
        redis.call('EXPIRE', KEYS[1], ARGV[1])
      end
      return n\
      """,
      List.of("3600")),
  LOCK(
      """
      if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
        return redis.call('DEL', KEYS[1])
      end
      return 0\
      """,
      List.of("0e9f6b5a-owner", "30000")),
  /// What a call costs within a script.
  TWENTY_CALLS(
      """
      for i = 1, 20 do
        redis.call('INCR', KEYS[1])
      end
      return 1\
      """,
      List.of()),
  /// Whether scripts on different keys run at the same time.
  COMPUTE(
      """
      local sum = 0
      for i = 1, 20000 do
        sum = sum + i % 7
      end
      redis.call('SET', KEYS[1], sum)
      return sum\
      """,
      List.of());

  private final String source;

  @SuppressWarnings("ImmutableEnumChecker") // It comes of List.of.
  private final List<String> arguments;

  ScriptTest(String source, List<String> arguments) {
    this.source = source;
    this.arguments = arguments;
  }

  String source() {
    return source;
  }

  List<String> arguments() {
    return arguments;
  }

  /// What the servers know the script by.
  String digest() {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
