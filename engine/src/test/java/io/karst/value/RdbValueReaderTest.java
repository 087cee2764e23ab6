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
import static io.karst.value.Packs.with;
import static io.karst.value.Packs.ziplist;
import static io.karst.value.Packs.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import org.junit.jupiter.api.Test;

/// What is wrong with a value, and that it is found. What is right: [OlderValuesTest],
/// [RecordedValuesTest].
final class RdbValueReaderTest {
  private static final byte[] SCORE = littleEndian(Double.doubleToLongBits(1), 8);
  private static final byte[] NAN = littleEndian(Double.doubleToLongBits(Double.NaN), 8);

  @Test
  void theErrorIsTheOneOfRestore() {
    assertThatThrownBy(() -> Elements.of(RdbType.LIST, Bytes.of(length(0))))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR Bad data format");
  }

  @Test
  void aSinkIsAskedForWhatItTakesOnly() {
    Bytes set = Bytes.of(string(intset(2, 1)));
    assertThatThrownBy(() -> RdbValueReader.read(RdbType.SET_INTSET, set, new ValueSink() {}))
        .isInstanceOf(Invariant.Violation.class);
  }

  @Test
  void whatIsEmptyIsNoValue() {
    String empty = "a value without elements";
    assertError(RdbType.LIST, empty, length(0));
    assertError(RdbType.SET, empty, length(0));
    assertError(RdbType.SORTED_SET_2, empty, length(0));
    assertError(RdbType.HASH, empty, length(0));
    assertError(RdbType.HASH_EXPIRING, empty, littleEndian(0, 8), length(0));
    assertError(RdbType.LIST_ZIPLIST, empty, string(ziplist()));
    assertError(RdbType.HASH_ZIPMAP, empty, string(bytes(0, 255)));
    assertError(RdbType.SET_INTSET, empty, string(intset(2)));
    assertError(RdbType.SET_LISTPACK, empty, string(listpack()));
    assertError(RdbType.LIST_QUICKLIST_2, empty, length(1), length(2), string(listpack()));
  }

  @Test
  void whatIsThereTwice() {
    String member = "a member that is there already";
    String field = "a field that is there already";
    assertError(RdbType.SET, member, length(2), string("a"), string("a"));
    assertError(RdbType.SET, member, length(2), string("7"), bytes(0xc0, 7));
    assertError(RdbType.SET_LISTPACK, member, string(listpack("a", "b", "a")));
    byte[] pair = join(string("a"), SCORE);
    assertError(RdbType.SORTED_SET_2, member, length(2), pair, pair);
    assertError(RdbType.SORTED_SET_LISTPACK, member, string(listpack("a", "1", "a", "2")));
    assertError(RdbType.HASH, field, length(2), pair("a"), pair("a"));
    assertError(RdbType.HASH_LISTPACK, field, string(listpack("a", "1", "a", "2")));
    byte[] zipped = ziplist(zipped("7"), zipped("a"), bytes(0xf8), zipped("b"));
    assertError(RdbType.HASH_ZIPLIST, field, string(zipped));
  }

  @Test
  void countsThatDoNotFit() {
    assertError(RdbType.HASH_LISTPACK, "a field without a value", string(listpack("a", "1", "b")));
    assertError(RdbType.SORTED_SET_LISTPACK, "a member without a score", string(listpack("a")));
    assertError(RdbType.HASH_ZIPMAP, "a field without a value", string(bytes(1, 1, 'a', 255)));
    String expiry = "a field without an expiry";
    assertError(RdbType.HASH_LISTPACK_EXPIRING_PREVIEW, expiry, string(listpack("a", "1")));
    assertError(RdbType.LIST, "the end", length(2), string("a"));
    assertError(
        RdbType.LIST, "bytes behind the end of the value", length(1), string("a"), bytes(0));
    byte[] zipmap = bytes(2, 1, 'a', 1, 0, 'b', 255);
    assertError(RdbType.HASH_ZIPMAP, "a zipmap with a wrong count", string(zipmap));
    assertError(RdbType.HASH_ZIPMAP, "a zipmap with a wrong count", string(with(zipmap, 0, 255)));
    byte[] longer = join(with(zipmap, 0, 1), bytes(255));
    assertError(RdbType.HASH_ZIPMAP, "a zipmap that ends before its size", string(longer));
  }

  @Test
  void scoresThatAreNone() {
    String none = "a score that is no number";
    assertError(RdbType.SORTED_SET_2, none, length(1), string("a"), NAN);
    assertError(RdbType.SORTED_SET, none, length(1), string("a"), bytes(253));
    for (String score : new String[] {"", "nan", "0x1", "1 ", "1d", "1e", "Infinity", "a"}) {
      byte[] member = join(length(1), string("a"));
      assertError(RdbType.SORTED_SET, none, member, bytes(score.length()), text(score));
      assertError(RdbType.SORTED_SET_LISTPACK, none, string(listpack("a", score)));
    }
  }

  @Test
  void expiriesThatAreNone() {
    long late = Limits.EXPIRY_MAX + 1;
    byte[] pair = join(string("a"), string("1"));
    assertError(RdbType.HASH_EXPIRING, "an expiry that is none", littleEndian(late, 8));
    assertError(RdbType.HASH_EXPIRING, "an expiry that is none", littleEndian(-1, 8));
    byte[] earliest = littleEndian(Limits.EXPIRY_MAX, 8);
    String tooLate = "an expiry too late";
    assertError(RdbType.HASH_EXPIRING, tooLate, earliest, length(1), length(2), pair);
    String above = "a length above the limit of " + Limits.EXPIRY_MAX;
    assertError(RdbType.HASH_EXPIRING_PREVIEW, above, length(1), length(late), pair);
    for (String expiry : new String[] {"-1", "", "a", "" + late}) {
      assertError(
          RdbType.HASH_LISTPACK_EXPIRING_PREVIEW,
          "an expiry that is none",
          string(listpack("a", "1", expiry)));
    }
    byte[] member = join(length(1), string("a"));
    assertError(RdbType.SET_EXPIRING, "an expiry that is none", member, littleEndian(-2, 8));
    assertError(RdbType.SET_EXPIRING, "an expiry that is none", member, littleEndian(late, 8));
  }

  @Test
  void setsOfIntegers() {
    String order = "integers that are not in ascending order";
    assertError(RdbType.SET_INTSET, order, string(intset(2, 2, 1)));
    assertError(RdbType.SET_INTSET, order, string(intset(2, 1, 1)));
    byte[] set = intset(2, 1, 2);
    String size = "integers of a size there is none of";
    assertError(RdbType.SET_INTSET, size, string(with(set, 0, 3)));
    String count = "a set of integers with a wrong count";
    assertError(RdbType.SET_INTSET, count, string(with(set, 4, 3)));
    assertError(RdbType.SET_INTSET, count, string(with(set, 4, 2, 0, 0, 0x80)));
    assertError(RdbType.SET_INTSET, count, string(with(set, 0, 4)));
  }

  @Test
  void ziplists() {
    byte[] list = ziplist(zipped("a"), zipped("b"));
    assertError(RdbType.LIST_ZIPLIST, "a ziplist of another size than it says", string("short"));
    assertError(
        RdbType.LIST_ZIPLIST, "a ziplist of another size than it says", string(with(list, 0, 99)));
    assertError(RdbType.LIST_ZIPLIST, "a ziplist with a wrong tail", string(with(list, 4, 10)));
    assertError(RdbType.LIST_ZIPLIST, "a ziplist with a wrong count", string(with(list, 8, 3)));
    String back = "an element with a wrong back length";
    assertError(RdbType.LIST_ZIPLIST, back, string(with(list, 10, 1)));
    assertError(RdbType.LIST_ZIPLIST, back, string(with(list, 13, 4)));
    String encoding = "an element of an encoding there is none of";
    assertError(RdbType.LIST_ZIPLIST, encoding, string(with(list, 11, 0xff)));
    assertError(RdbType.LIST_ZIPLIST, encoding, string(with(list, 11, 0xc1)));
    String end = "a ziplist that ends before its size";
    assertError(RdbType.LIST_ZIPLIST, end, string(with(list, 13, 255)));
    byte[] huge = ziplist(bytes(0x80, 0x7f, 0xff, 0xff, 0xff));
    assertError(RdbType.LIST_ZIPLIST, "an element longer than its ziplist", string(huge));
  }

  @Test
  void nodesOfLists() {
    String kind = "a node of a kind there is none of";
    assertError(RdbType.LIST_QUICKLIST_2, kind, length(1), length(3), string("a"));
    String content = "a node without content";
    assertError(RdbType.LIST_QUICKLIST_2, content, length(1), length(1), string(""));
  }

  @Test
  void modulesAreNotRead() {
    assertError(RdbType.MODULE_2, "a value of a module", bytes(1, 0));
  }

  // ---- streams ----

  @Test
  void nodesOfStreams() {
    assertNode("a stream node with a wrong count", 0, "3");
    assertNode("a stream node with a wrong count", 1, "2");
    assertNode("a count below zero", 1, "-1");
    assertNode("no number where a stream has one", 0, "a");
    assertNode("a stream node whose head does not end", 4, "1");
    assertNode("flags of a stream entry that are none", 5, "4");
    assertNode("flags of a stream entry that are none", 5, "a");
    assertNode("a stream entry of another size than it says", 9, "5");
    assertNode("stream entries that are not in the order of their ids", 6, "1");
    assertNode("stream entries that are not in the order of their ids", 6, "-1");
    assertNode("stream entries that are not in the order of their ids", 12, "0");
    assertNode("a stream entry without fields", 18, "0");
    String empty = "a stream node with a wrong count";
    assertStream(empty, OlderValues.stream(RdbType.STREAM_2, "0", "0", "0", "0"));
  }

  @Test
  void statesOfStreams() {
    byte[] whole = OlderValues.stream(RdbType.STREAM_2, OlderValues.NODE);
    int state = 1 + 17 + string(listpack(OlderValues.NODE)).length;
    assertStream("a stream with a wrong count", with(whole, state, 3));
    assertStream("a last id before that of the last entry", with(whole, state + 1, 5));
    assertStream("a stream with more entries than there ever were", with(whole, state + 7, 1));
    assertStream("a stream node without an id", with(whole, 1, 15));
    byte[] node = join(string(id(5, 1)), string(listpack(OlderValues.NODE)));
    String order = "stream entries that are not in the order of their ids";
    assertStream(order, join(length(2), node, node, bytes(4, 7, 0, 0, 0, 0, 0, 4, 0)));
  }

  @Test
  void groupsOfStreams() {
    byte[] first = join(string("a"), bytes(0, 0, 0, 0, 0));
    assertGroups("a group that is there already", length(2), first, first);
    assertGroups(
        "a count of entries read that is none", length(1), string("a"), bytes(0, 0), length(-2));
    byte[] head = join(length(1), string("a"), bytes(0, 0, 0));
    byte[] one = join(id(1, 1), littleEndian(0, 8), length(1));
    byte[] two = join(id(1, 2), littleEndian(0, 8), length(1));
    String order = "pending entries that are not in the order of their ids";
    assertGroups(order, head, length(2), two, one);
    assertGroups(order, head, length(2), one, one);
    assertGroups("a pending entry of no consumer", head, length(1), one, length(0));
    byte[] both = join(head, length(2), one, two);
    byte[] consumer = join(string("c"), littleEndian(0, 8));
    String none = "a consumer's entry that is not pending, or another's";
    assertGroups(none, both, length(1), consumer, length(1), id(1, 3));
    byte[] owner = join(consumer, length(1), id(1, 1));
    byte[] other = join(string("d"), littleEndian(0, 8), length(1), id(1, 1));
    assertGroups(none, both, length(2), owner, other);
    assertGroups(order, both, length(1), consumer, length(2), id(1, 2), id(1, 1));
    assertGroups("a consumer that is there already", both, length(2), owner, owner);
  }

  @Test
  void anEmptyStreamIsAValue() {
    byte[] stream = bytes(0, 0, 3, 3, 0, 0, 5, 5, 1, 0);
    assertThat(Elements.told(RdbType.STREAM_2, stream))
        .containsExactly("length 0 last 3-3 first 0-0 deleted 5-5 added 1");
  }

  private static byte[] pair(String field) {
    return join(string(field), string("value"));
  }

  private static void assertNode(String what, int index, String element) {
    String[] node = OlderValues.NODE.clone();
    node[index] = element;
    assertStream(what, OlderValues.stream(RdbType.STREAM_2, node));
  }

  private static void assertGroups(String what, byte[]... groups) {
    assertStream(what, join(bytes(0, 0, 3, 3, 0, 0, 5, 5, 1), join(groups)));
  }

  private static void assertStream(String what, byte[] stream) {
    assertError(RdbType.STREAM_2, what, stream);
  }

  private static void assertError(RdbType type, String what, byte[]... body) {
    byte[] whole = join(body);
    assertThatThrownBy(() -> Elements.told(type, whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(what);
  }
}
