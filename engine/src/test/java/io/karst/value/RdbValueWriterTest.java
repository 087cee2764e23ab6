package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.value.OlderValues.Older;
import io.karst.value.RecordedValues.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is written is read again as what it was, here and by a real server.
@Timeout(120)
final class RdbValueWriterTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  @TempDir private Path directory;

  private interface Check {
    void value(RdbType type, Bytes body, List<String> lines) throws IOException;
  }

  @Test
  void pinned() {
    assertPinned("01016101" + "62", w -> w.beginHash(1), w -> w.hashField(text("a"), text("b")));
    assertPinned(
        "e803000000000000" + "02" + "00" + "0161" + "0162" + "01" + "c001" + "c002",
        w -> w.beginExpiringHash(1000, 2),
        w -> w.expiringHashField(1000, text("a"), text("b"), -1),
        w -> w.expiringHashField(1000, text("1"), text("2"), 1000));
    assertPinned("01c1e803", w -> w.beginSet(1), w -> w.setMember(text("1000")));
    assertPinned(
        "010161ffffffffffffffff",
        w -> w.beginExpiringSet(1),
        w -> w.expiringSetMember(text("a"), -1));
    assertPinned(
        "010161000000000000f83f", w -> w.beginSortedSet(1), w -> w.sortedSetMember(text("a"), 1.5));
    assertPinned(
        "010161000000000000f83fe803000000000000",
        w -> w.beginExpiringSortedSet(1),
        w -> w.expiringSortedSetMember(text("a"), 1.5, 1000));
    assertPinned("0c0200000002000000ffff0700", w -> w.intset(new long[] {-1, 7, 9}, 2));
    assertPinned(
        "01" + "02" + "0a0a000000010081610" + "2ff",
        w -> w.beginList(1),
        w -> w.packedNode(Bytes.of(Packs.listpack("a"))));
    assertPinned("01" + "01" + "0161", w -> w.beginList(1), w -> w.plainNode(text("a")));
  }

  @Test
  void theRecordedAreReadAgain() throws IOException {
    check((type, body, lines) -> assertThat(Elements.of(type, body)).isEqualTo(lines));
  }

  @Test
  void redisReadsThem() throws IOException {
    if (!RedisProcess.isInstalled()) {
      return;
    }
    try (RedisProcess redis = new RedisProcess(directory)) {
      check((type, body, lines) -> {
        if (type.since() <= RdbVersion.WRITTEN) {
          assertThat(redis.restore("key", type, body)).as("%s", type).isEqualTo("OK");
          assertThat(redis.lines("key")).as("%s", type).isEqualTo(lines);
        }
      });
    }
  }

  @Test
  void setsOfIntegersOfEveryWidth() throws IOException {
    long[][] sets = {
      {0},
      {-32_768, 32_767},
      {-32_769},
      {32_768},
      {Integer.MIN_VALUE, Integer.MAX_VALUE},
      {Integer.MIN_VALUE - 1L, 0},
      {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE},
      LongStream.range(-300, 300).toArray()
    };
    for (long[] set : sets) {
      RdbWriter out = new RdbWriter(0);
      new RdbValueWriter(out, true).intset(set, set.length);
      List<String> lines = Arrays.stream(set).mapToObj(Long::toString).sorted().toList();
      assertThat(Elements.of(RdbType.SET_INTSET, out.bytes())).isEqualTo(lines);
    }
  }

  /// A sorted set of listpacks, a hash: what a blob is of, the type says.
  @Test
  void packedValuesAreReadAgain() {
    RdbWriter out = new RdbWriter(0);
    new RdbValueWriter(out, true).listpack(Bytes.of(Packs.listpack("a", "1", "b", "2.5")));
    assertThat(Elements.of(RdbType.HASH_LISTPACK, out.bytes())).containsExactly("a = 1", "b = 2.5");
    assertThat(Elements.of(RdbType.SORTED_SET_LISTPACK, out.bytes()))
        .containsExactly("a : 1.0", "b : 2.5");
  }

  @Test
  void listsAreSplitIntoNodes() {
    RdbListWriter list = new RdbListWriter(false);
    for (int i = 0; i < 5000; i++) {
      list.element(Decimal.of(i));
    }
    list.element(Bytes.of(new byte[RdbListWriter.NODE_SIZE_MAX]));
    list.element(Bytes.EMPTY);
    list.packed(Bytes.of(Packs.listpack("x", "y")));
    RdbWriter out = new RdbWriter(0);
    list.end(out);
    RdbReader in = RdbReader.of(out.bytes());
    int nodes = in.readLength(100);
    int plain = 0;
    for (int i = 0; i < nodes; i++) {
      boolean isPlain = in.readNumber() == RdbValueReader.NODE_PLAIN;
      Bytes node = RdbStringCodec.read(in, 1 << 20);
      plain += isPlain ? 1 : 0;
      assertThat(node.length()).isLessThanOrEqualTo(RdbListWriter.NODE_SIZE_MAX);
    }
    assertThat(in.remaining()).isZero();
    assertThat(nodes).isBetween(4, 7);
    assertThat(plain).isEqualTo(1);
    assertThat(Elements.of(RdbType.LIST_QUICKLIST_2, out.bytes()))
        .hasSize(5004)
        .contains("4999")
        .endsWith("", "x", "y");
  }

  @Test
  void nodesOfStreamsAreTakenAsTheyAre() {
    RdbStreamWriter stream = new RdbStreamWriter(RdbType.STREAM_2, true);
    stream.entry(new StreamId(1, 1), Packs.texts("a", "1"));
    stream.node(new StreamId(5, 1), Bytes.of(Packs.listpack(OlderValues.NODE)));
    stream.entry(new StreamId(7, 0), Packs.texts("b", "1"));
    StreamId last = new StreamId(7, 0);
    stream.state(new StreamState(4, last, new StreamId(1, 1), new StreamId(5, 2), 5));
    RdbWriter out = new RdbWriter(0);
    stream.end(out);
    assertThat(Elements.of(RdbType.STREAM_2, out.bytes()))
        .containsExactly(
            "1-1 a 1",
            "5-1 a 1",
            "6-0 b 2 c 3",
            "7-0 b 1",
            "length 4 last 7-0 first 1-1 deleted 5-2 added 5");
  }

  /// Gives `check` all values, recorded, put together and drawn, in each form they are written in.
  private static void check(Check check) throws IOException {
    System.out.println("seed " + SEED);
    for (boolean compresses : new boolean[] {false, true}) {
      for (Recorded value : RecordedValues.all()) {
        check(value.type(), value.body(), compresses, check);
      }
      for (Older value : OlderValues.values()) {
        check(value.type(), value.body(), compresses, check);
      }
      Random random = new Random(SEED);
      for (int round = 0; round < 100; round++) {
        check(RdbType.LIST, RandomValues.strings(random), compresses, check);
        check(RdbType.HASH, RandomValues.hash(random), compresses, check);
        check(RdbType.SORTED_SET_2, RandomValues.sortedSet(random), compresses, check);
        check(RdbType.STREAM_2, RandomValues.stream(random), compresses, check);
      }
    }
  }

  private static void check(RdbType type, Bytes body, boolean compresses, Check check)
      throws IOException {
    List<String> lines = Elements.of(type, body);
    boolean expires = lines.stream().anyMatch(line -> line.contains(" until "));
    boolean active = lines.stream().anyMatch(line -> line.contains(" active "));
    List<RdbType> forms =
        switch (type.valueType()) {
          case LIST -> List.of(RdbType.LIST_QUICKLIST_2);
          case SET -> List.of(RdbType.SET_EXPIRING, RdbType.SET);
          case SORTED_SET -> List.of(RdbType.SORTED_SET_EXPIRING, RdbType.SORTED_SET_2);
          case HASH -> List.of(RdbType.HASH_EXPIRING, RdbType.HASH);
          case STREAM ->
              type.compareTo(RdbType.STREAM_4) < 0
                  ? List.of(RdbType.STREAM_3, RdbType.STREAM_2)
                  : List.of(RdbType.STREAM_PRODUCED);
          default -> List.of();
        };
    for (RdbType form : forms.subList(0, expires || active ? 1 : forms.size())) {
      check.value(form, Rewriting.of(type, body, form, compresses), lines);
    }
  }

  @SafeVarargs
  private static void assertPinned(String hex, Consumer<RdbValueWriter>... acts) {
    RdbWriter out = new RdbWriter(0);
    RdbValueWriter writer = new RdbValueWriter(out, true);
    for (Consumer<RdbValueWriter> act : acts) {
      act.accept(writer);
    }
    assertThat(HexFormat.of().formatHex(out.bytes().toArray())).isEqualTo(hex);
  }

  private static Bytes text(String text) {
    return Bytes.utf8(text);
  }
}
