package io.karst.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values travel as payloads of `DUMP` from a `redis-server` 7.0 to Karst and back.
@Timeout(120)
final class DumpTravelTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);
  private static final int[] LENGTHS = {
    0, 1, 11, 20, 21, 63, 64, 100, 264, 1000, 16_383, 16_384, 65_536, 300_000, 3_000_000
  };

  @Test
  void stringsTravelBothWays() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    try (RealRedis redis = RealRedis.start();
        KarstServer karst = KarstServer.start();
        RespClient theirs = redis.connect();
        RespClient ours = karst.connect()) {
      for (int length : LENGTHS) {
        for (int letters : new int[] {1, 2, 10, 26, 256}) {
          travel(value(random, length, letters), theirs, ours);
        }
      }
      for (int bits = 0; bits < 64; bits++) {
        travel(Long.toString(1L << bits), theirs, ours);
        travel(Long.toString(-1L << bits), theirs, ours);
      }
    }
  }

  @Test
  void collectionsTravelBothWays() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    try (RealRedis redis = RealRedis.start();
        KarstServer karst = KarstServer.start();
        RespClient theirs = redis.connect();
        RespClient ours = karst.connect()) {
      for (int size : new int[] {1, 5, 100, 512, 513, 3000}) {
        for (List<String> making : collections(size)) {
          travel(making, theirs, ours);
          travel(making, ours, theirs);
        }
      }
    }
  }

  /// Requests that make a hash, sets and a HyperLogLog of so many elements.
  private static List<List<String>> collections(int size) {
    List<String> hash = new ArrayList<>(List.of("HSET", "key"));
    List<String> numbers = new ArrayList<>(List.of("SADD", "key"));
    List<String> strings = new ArrayList<>(List.of("SADD", "key"));
    List<String> counter = new ArrayList<>(List.of("PFADD", "key"));
    for (int i = 0; i < size; i++) {
      hash.addAll(List.of("field" + i, "value" + i * i));
      numbers.add(Long.toString((long) i * i * i - 1000));
      strings.add("member" + i);
      counter.add("element" + i);
    }
    return List.of(hash, numbers, strings, counter);
  }

  private static void travel(List<String> making, RespClient from, RespClient to)
      throws IOException {
    from.ask("DEL", "key");
    from.ask(making);
    String payload = RespClient.content(from.ask("DUMP", "key"));
    assertThat(to.ask("RESTORE", "key", "0", payload, "REPLACE")).isEqualTo("+OK\r\n");
    for (String view : List.of("TYPE", "GET", "PFCOUNT", "HLEN", "SCARD", "SMEMBERS", "HGETALL")) {
      Step expected = new Step(0, Step.Kind.UNORDERED, view + " key", from.ask(view, "key"));
      String arrived = to.ask(view, "key");
      assertThat(expected.accepts(arrived)).as("%s: %s", view, Words.escaped(arrived)).isTrue();
    }
  }

  private static void travel(String value, RespClient theirs, RespClient ours) throws IOException {
    theirs.ask("SET", "key", value);
    ours.ask("SET", "key", value);
    String payload = RespClient.content(theirs.ask("DUMP", "key"));
    assertThat(RespClient.content(ours.ask("DUMP", "key")).equals(payload))
        .as("the payload of %d bytes is the same", value.length())
        .isTrue();
    for (RespClient client : List.of(theirs, ours)) {
      assertThat(client.ask("RESTORE", "arrived", "0", payload, "REPLACE")).isEqualTo("+OK\r\n");
      assertThat(RespClient.content(client.ask("GET", "arrived")).equals(value)).isTrue();
    }
  }

  /// Bytes of an alphabet, with repetitions.
  private static String value(Random random, int length, int letters) {
    char[] value = new char[length];
    for (int i = 0; i < length; i++) {
      value[i] = (char) random.nextInt(letters);
    }
    for (int copies = length / 100; copies > 0; copies--) {
      int from = random.nextInt(length);
      int count = Math.min(random.nextInt(300), length - from);
      int to = random.nextInt(length - count + 1);
      System.arraycopy(Arrays.copyOfRange(value, from, from + count), 0, value, to, count);
    }
    return new String(value);
  }
}
