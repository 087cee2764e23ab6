package io.karst.value;

import static io.karst.value.Packs.bytes;
import static io.karst.value.Packs.id;
import static io.karst.value.Packs.intset;
import static io.karst.value.Packs.join;
import static io.karst.value.Packs.length;
import static io.karst.value.Packs.listpack;
import static io.karst.value.Packs.littleEndian;
import static io.karst.value.Packs.string;
import static io.karst.value.Packs.text;
import static io.karst.value.Packs.ziplist;
import static io.karst.value.Packs.zipped;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Values of the encodings that the recorded ones lack, those of servers before 7.0 and after it,
/// put together by hand; and the lines of [Elements] they have to be read as.
final class OlderValues {
  record Older(RdbType type, Bytes body, List<String> lines) {}

  private static final long TIME = 4_102_444_800_000L;

  /// Entries 5-1 `a 1`, 5-2 deleted, 6-0 `b 2 c 3`.
  static final String[] NODE = {
    "2", "1", "1", "a", "0", // The head.
    "2", "0", "0", "1", "4", // The fields of the head.
    "3", "0", "1", "9", "4", // Deleted.
    "0", "1", "-1", "2", "b", "2", "c", "3", "8"
  };

  private static final List<Older> ALL = all();

  private OlderValues() {}

  static List<Older> values() {
    return ALL;
  }

  private static List<Older> all() {
    List<Older> all = new ArrayList<>();
    addPlain(all);
    addZiplists(all);
    addPacked(all);
    addExpiring(all);
    addStreams(all);
    addStreamsWithProducers(all);
    return all;
  }

  private static void add(List<Older> all, RdbType type, byte[] body, String... lines) {
    all.add(new Older(type, Bytes.of(body), List.of(lines)));
  }

  private static void addPlain(List<Older> all) {
    byte[] strings = join(string("a"), bytes(0xc0, 0xff), bytes(0xc1, 0, 0x80), string(""));
    byte[] compressed = bytes(0xc3, 5, 30, 0, 'x', 0xe0, 20, 0);
    add(all, RdbType.LIST, join(length(4), strings), "a", "-1", "-32768", "");
    add(all, RdbType.LIST, join(length(1), compressed), "x".repeat(30));
    add(all, RdbType.SET, join(length(4), strings), "", "-1", "-32768", "a");
    add(all, RdbType.HASH, join(length(2), strings), "-32768 = ", "a = -1");
    add(
        all,
        RdbType.SORTED_SET,
        join(
            join(length(6), string("a"), bytes(3), text("1.5"), string("b"), bytes(254)),
            join(string("c"), bytes(255), string("d"), bytes(1), text("0")),
            join(string("e"), bytes(19), text("-3.1400000000000001"), string("f")),
            join(bytes(5), text("1e-05"))),
        "a : 1.5",
        "b : Infinity",
        "c : -Infinity",
        "d : 0.0",
        "e : -3.14",
        "f : 1.0E-5");
  }

  private static byte[][] encodings() {
    return new byte[][] {
      zipped(""),
      zipped("s".repeat(63)),
      zipped("t".repeat(64)),
      zipped("u".repeat(300)), // What comes next has a wide back length.
      bytes(0xf1),
      bytes(0xfd),
      bytes(0xfe, 0x80),
      bytes(0xc0, 0, 0x80),
      bytes(0xf0, 0, 0, 0x80),
      bytes(0xd0, 0, 0, 0, 0x80),
      bytes(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80),
      zipped("v".repeat(16_384)),
    };
  }

  private static void addZiplists(List<Older> all) {
    String[] lines = {
      "",
      "s".repeat(63),
      "t".repeat(64),
      "u".repeat(300),
      "0",
      "12",
      "-128",
      "-32768",
      "-8388608",
      "-2147483648",
      "-9223372036854775808",
      "v".repeat(16_384)
    };
    add(all, RdbType.LIST_ZIPLIST, string(ziplist(encodings())), lines);
    byte[] node = ziplist(zipped("a"), bytes(0xf2));
    byte[] other = ziplist(zipped("b"));
    byte[] nodes = join(length(3), string(node), string(ziplist()), string(other));
    add(all, RdbType.LIST_QUICKLIST, nodes, "a", "1", "b");
    // A back length keeps its five bytes when what stands before it shrinks.
    byte[] shrunk =
        join(littleEndian(22, 4), littleEndian(13, 4), littleEndian(2, 2), bytes(0, 1, 'a'));
    shrunk = join(shrunk, bytes(254, 3, 0, 0, 0, 2, 'b', 'c', 255));
    add(all, RdbType.LIST_ZIPLIST, string(shrunk), "a", "bc");
    byte[] pairs = ziplist(zipped("a"), zipped("1.5"), zipped("b"), bytes(0xf4), bytes(0xf5));
    byte[] scores = ziplist(zipped("a"), zipped("1.5"), zipped("b"), bytes(0xf4));
    add(all, RdbType.SORTED_SET_ZIPLIST, string(scores), "a : 1.5", "b : 3.0");
    byte[] infinite = ziplist(zipped("a"), zipped("-inf"), bytes(0xf5), zipped("inf"));
    add(all, RdbType.SORTED_SET_ZIPLIST, string(infinite), "4 : Infinity", "a : -Infinity");
    add(all, RdbType.HASH_ZIPLIST, string(scores), "a = 1.5", "b = 3");
    add(all, RdbType.LIST_ZIPLIST, string(pairs), "a", "1.5", "b", "3", "4");
  }

  private static void addPacked(List<Older> all) {
    byte[] unused = join(bytes(2, 1), text("f"), bytes(2, 3), text("vw???"));
    byte[] wide = join(bytes(254), littleEndian(300, 4), text("g".repeat(300)));
    byte[] value = join(bytes(254), littleEndian(254, 4), bytes(0), text("h".repeat(254)));
    add(
        all,
        RdbType.HASH_ZIPMAP,
        string(join(unused, wide, value, bytes(255))),
        "f = vw",
        "g".repeat(300) + " = " + "h".repeat(254));
    byte[] many = join(bytes(254, 1), text("f"), bytes(1, 0), text("1"), bytes(255));
    add(all, RdbType.HASH_ZIPMAP, string(many), "f = 1");
    add(all, RdbType.SET_INTSET, string(intset(8, -5, 0, 7)), "-5", "0", "7");
    add(all, RdbType.SET_LISTPACK, string(listpack("a", "12", "")), "", "12", "a");
    byte[] node = join(length(2), string(listpack("a", "1")));
    byte[] plain = join(length(1), bytes(0xc0, 7));
    add(all, RdbType.LIST_QUICKLIST_2, join(length(2), node, plain), "a", "1", "7");
    // Encodings wider than a number or a length needs.
    byte[] loose =
        join(littleEndian(23, 4), littleEndian(4, 2), bytes(0xf1, 5, 0, 3, 0xe0, 1, 'a', 3));
    loose = join(loose, bytes(0xf0, 1, 0, 0, 0, 'b', 6, 0x81, '7', 2, 255));
    loose = Packs.with(loose, 0, loose.length);
    add(all, RdbType.HASH_LISTPACK, string(loose), "5 = a", "b = 7");
  }

  private static void addExpiring(List<Older> all) {
    byte[] fields =
        join(
            join(length(3), length(0), string("stays"), string("1")),
            join(length(1), string("first"), string("2"), length(1001), string("b"), string("3")));
    add(
        all,
        RdbType.HASH_EXPIRING,
        join(littleEndian(TIME, 8), fields),
        "b = 3 until " + (TIME + 1000),
        "first = 2 until " + TIME,
        "stays = 1");
    add(
        all,
        RdbType.HASH_EXPIRING_PREVIEW,
        fields,
        "b = 3 until 1001",
        "first = 2 until 1",
        "stays = 1");
    byte[] packed = string(listpack("a", "1", "" + TIME, "b", "", "0"));
    String[] lines = {"a = 1 until " + TIME, "b = "};
    add(all, RdbType.HASH_LISTPACK_EXPIRING, join(littleEndian(TIME, 8), packed), lines);
    add(all, RdbType.HASH_LISTPACK_EXPIRING_PREVIEW, packed, lines);
    byte[] never = littleEndian(-1, 8);
    add(
        all,
        RdbType.SET_EXPIRING,
        join(length(2), string("a"), never, string("b"), littleEndian(TIME, 8)),
        "a",
        "b until " + TIME);
    byte[] score = littleEndian(Double.doubleToLongBits(1.5), 8);
    add(
        all,
        RdbType.SORTED_SET_EXPIRING,
        join(length(2), string("a"), score, never, string("b"), score, littleEndian(TIME, 8)),
        "a : 1.5",
        "b : 1.5 until " + TIME);
  }

  // ---- streams ----

  /// A stream of that node and one group, with two consumers.
  static byte[] stream(RdbType type, String... node) {
    byte[] entries = join(length(1), string(id(5, 1)), string(listpack(node)));
    byte[] state = join(length(2), length(7), length(0));
    if (type != RdbType.STREAM) {
      byte[] ids = join(length(5), length(1), length(5), length(2));
      state = join(state, ids, length(4));
    }
    byte[] read = type == RdbType.STREAM ? bytes() : length(-1);
    byte[] group = join(length(1), string("group"), length(5), length(1), read);
    byte[] pending = join(length(2), id(5, 1), littleEndian(1000, 8), length(1));
    pending = join(pending, id(5, 2), littleEndian(2000, 8), length(3));
    boolean own = type == RdbType.STREAM_PRODUCED;
    boolean ofTwo = type == RdbType.STREAM || type == RdbType.STREAM_2;
    byte[] active = ofTwo ? bytes() : littleEndian(2500, 8);
    byte[] last = join(string("a"), littleEndian(3000, 8), active, length(1), id(5, 2));
    byte[] first = join(bytes(0xc0, 7), littleEndian(3000, 8), active, length(1), id(5, 1));
    if (own) { // The first one is nobody's.
      byte[] rule = join(length(1), length(60), length(9), length(4), length(1));
      byte[] token = join(string("p"), string("t"), length(5), length(1), littleEndian(700, 8));
      return join(entries, state, group, pending, length(1), last, rule, length(1), token);
    }
    if (type == RdbType.STREAM_5) { // The first one was given back.
      byte[] released = join(length(1), id(5, 1));
      return join(entries, state, group, pending, length(1), last, released, producers());
    }
    byte[] end = type == RdbType.STREAM_4 ? producers() : bytes();
    return join(entries, state, group, pending, length(2), first, last, end);
  }

  /// Two producers as Redis has them: the first has two tokens.
  private static byte[] producers() {
    byte[] one = join(string("p"), length(2), token("s", 1), token("t", 2));
    byte[] other = join(string("q"), length(1), token("t", 2));
    return join(length(60), length(9), length(2), one, other, length(4), length(1));
  }

  private static byte[] token(String token, int sequence) {
    return join(string(token), length(5), length(sequence));
  }

  private static void addStreamsWithProducers(List<Older> all) {
    for (RdbType type : List.of(RdbType.STREAM_4, RdbType.STREAM_5)) {
      List<String> lines =
          new ArrayList<>(
              List.of(
                  "5-1 a 1",
                  "6-0 b 2 c 3",
                  "length 2 last 7-0 first 5-1 deleted 5-2 added 4",
                  "group group last 5-1 read -1",
                  "pending 5-1 at 1000 times 1",
                  "pending 5-2 at 2000 times 3"));
      if (type == RdbType.STREAM_4) {
        lines.addAll(List.of("consumer 7 seen 3000 active 2500", "has 5-1"));
      }
      lines.addAll(
          List.of(
              "consumer a seen 3000 active 2500",
              "has 5-2",
              "producers for 60 at most 9 added 4 duplicates 1",
              "producer p token s of 5-1 at 5",
              "producer p token t of 5-2 at 5",
              "producer q token t of 5-2 at 5"));
      add(all, type, stream(type, NODE), lines.toArray(String[]::new));
    }
  }

  private static void addStreams(List<Older> all) {
    for (RdbType type : List.of(RdbType.STREAM, RdbType.STREAM_2, RdbType.STREAM_3)) {
      boolean first = type == RdbType.STREAM;
      String active = type == RdbType.STREAM_3 ? " active 2500" : "";
      add(
          all,
          type,
          stream(type, NODE),
          "5-1 a 1",
          "6-0 b 2 c 3",
          "length 2 last 7-0 first 5-1 " + (first ? "deleted 0-0 added 2" : "deleted 5-2 added 4"),
          "group group last 5-1 read " + (first ? 1 : -1),
          "pending 5-1 at 1000 times 1",
          "pending 5-2 at 2000 times 3",
          "consumer 7 seen 3000" + active,
          "has 5-1",
          "consumer a seen 3000" + active,
          "has 5-2");
    }
    add(
        all,
        RdbType.STREAM_PRODUCED,
        stream(RdbType.STREAM_PRODUCED, NODE),
        "5-1 a 1",
        "6-0 b 2 c 3",
        "length 2 last 7-0 first 5-1 deleted 5-2 added 4",
        "group group last 5-1 read -1",
        "pending 5-1 at 1000 times 1",
        "pending 5-2 at 2000 times 3",
        "consumer a seen 3000 active 2500",
        "has 5-2",
        "producers for 60 at most 9 added 4 duplicates 1",
        "producer p token t of 5-1 at 700");
    byte[] groups = join(length(5), group("0", 0, 0), group("5", 5, 1), group("55", 5, 5));
    groups = join(groups, group("6", 6, 0), group("9", 9, 0));
    byte[] entries = join(length(1), string(id(5, 1)), string(listpack(NODE)));
    add(
        all,
        RdbType.STREAM,
        join(entries, length(2), length(6), length(0), groups),
        "5-1 a 1",
        "6-0 b 2 c 3",
        "length 2 last 6-0 first 5-1 deleted 0-0 added 2",
        "group 0 last 0-0 read 0",
        "group 5 last 5-1 read 1",
        "group 55 last 5-5 read -1",
        "group 6 last 6-0 read 2",
        "group 9 last 9-0 read -1");
    add(
        all,
        RdbType.STREAM,
        join(length(0), length(0), length(3), length(0), length(1), group("0", 0, 0)),
        "length 0 last 3-0 first 0-0 deleted 0-0 added 0",
        "group 0 last 0-0 read 0");
  }

  private static byte[] group(String name, long millis, long sequence) {
    return join(string(name), length(millis), length(sequence), length(0), length(0));
  }
}
