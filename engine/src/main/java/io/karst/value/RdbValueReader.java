package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.memory.Record;

/// Reads values of every type of [RdbType] but those of modules, and hands their elements to a
/// [ValueSink].
///
/// Trusts nothing: whatever the bytes are, either they are a whole value and nothing behind it, or
/// the reader's [RdbReader#malformed] says what is wrong, and the sink has got a part of a value
/// that means nothing. What is checked: every length, count, encoding and end; that nothing is
/// there twice; that scores are numbers; that integers of a set, ids of a stream and all that
/// belongs to them are in order and fit together. A collection without elements is malformed,
/// a stream is not.
///
/// Memory: an element at a time, as far as the input really holds it; of a stream's group the ids
/// that are pending.
///
/// Format: docs/formats/dump-payload.md §5.
public final class RdbValueReader {
  /// What a packed string may be long; there is no such bound on the elements' number.
  private static final int PACKED_SIZE_MAX = Integer.MAX_VALUE - Long.BYTES;

  /// How a list of nodes says that one is a string of its own, or a listpack.
  static final int NODE_PLAIN = 1;

  static final int NODE_PACKED = 2;

  private static final String TWICE_MEMBER = "a member that is there already";
  private static final String TWICE_FIELD = "a field that is there already";

  private final RdbReader in;
  private final ValueSink sink;

  private RdbValueReader(RdbReader in, ValueSink sink) {
    this.in = in;
    this.sink = sink;
  }

  /// Reads a value of a payload.
  ///
  /// - `body`: what follows the type, to its end; copied if it is not on the heap.
  /// - throws [io.karst.base.CommandException] if it is malformed.
  public static void read(RdbType type, Bytes body, ValueSink sink) {
    read(type, RdbReader.of(body), sink);
  }

  /// As [#read(RdbType, Bytes, ValueSink)], with errors of the reader's own.
  ///
  /// - `in`: has the value at hand and nothing behind it.
  public static void read(RdbType type, RdbReader in, ValueSink sink) {
    new RdbValueReader(in, sink).read(type);
    if (in.remaining() > 0) {
      throw in.malformed("bytes behind the end of the value");
    }
  }

  private void read(RdbType type) {
    switch (type) {
      case STRING -> sink.string(string());
      case LIST -> list();
      case LIST_ZIPLIST -> elements(listOf(new ZiplistReader(packed())));
      case LIST_QUICKLIST -> quicklist();
      case LIST_QUICKLIST_2 -> quicklist2();
      case SET -> set(false);
      case SET_EXPIRING -> set(true);
      case SET_INTSET -> packedSet(new IntsetReader(packed()));
      case SET_LISTPACK -> packedSet(new ListpackReader(packed()));
      case SORTED_SET -> sortedSetOfTexts();
      case SORTED_SET_2 -> sortedSet(false);
      case SORTED_SET_EXPIRING -> sortedSet(true);
      case SORTED_SET_ZIPLIST -> packedSortedSet(new ZiplistReader(packed()));
      case SORTED_SET_LISTPACK -> packedSortedSet(new ListpackReader(packed()));
      case HASH -> hash();
      case HASH_ZIPMAP -> packedHash(new ZipmapReader(packed()));
      case HASH_ZIPLIST -> packedHash(new ZiplistReader(packed()));
      case HASH_LISTPACK -> packedHash(new ListpackReader(packed()));
      case HASH_EXPIRING_PREVIEW, HASH_EXPIRING -> expiringHash(type);
      case HASH_LISTPACK_EXPIRING_PREVIEW -> packedExpiringHash();
      case HASH_LISTPACK_EXPIRING -> {
        earliest(); // Says nothing that the fields do not.
        packedExpiringHash();
      }
      case STREAM, STREAM_2, STREAM_3, STREAM_4, STREAM_5, STREAM_PRODUCED ->
          new RdbStreamReader(in, sink.stream()).read(type);
      case MODULE, MODULE_2 -> throw in.malformed("a value of a module");
      case ARRAY,
          HASH_TEMPLATE_LISTPACK,
          HASH_TEMPLATE_LISTPACK_BY_NAME,
          HASH_TEMPLATE,
          HASH_TEMPLATE_BY_NAME,
          RATE_LIMIT ->
          throw in.malformed("a value of a type that this build does not have: " + type.title());
    }
  }

  // ---- lists ----

  private void list() {
    for (long left = count(); left > 0; left--) {
      sink.listElement(string());
    }
  }

  private void quicklist() {
    long elements = 0;
    for (long left = count(); left > 0; left--) {
      elements += listOf(new ZiplistReader(packed()));
    }
    elements(elements);
  }

  private void quicklist2() {
    long elements = 0;
    for (long left = count(); left > 0; left--) {
      long container = in.readNumber();
      if (container == NODE_PACKED) {
        elements += listOf(new ListpackReader(packed()));
      } else if (container == NODE_PLAIN) {
        plainNode();
        elements++;
      } else {
        throw in.malformed("a node of a kind there is none of");
      }
    }
    elements(elements);
  }

  private void plainNode() {
    Bytes element = string();
    if (element.isEmpty()) {
      throw in.malformed("a node without content");
    }
    sink.listElement(element);
  }

  private long listOf(PackedReader elements) {
    long count = 0;
    while (elements.next()) {
      sink.listElement(elements.bytes());
      count++;
    }
    return count;
  }

  // ---- sets ----

  private void set(boolean expiring) {
    for (long left = count(); left > 0; left--) {
      Bytes member = string();
      member(member, expiring ? expiry() : Record.NO_EXPIRY);
    }
  }

  private void packedSet(PackedReader members) {
    long count = 0;
    while (members.next()) {
      member(members.bytes(), Record.NO_EXPIRY);
      count++;
    }
    elements(count);
  }

  private void member(Bytes member, long expiryMillis) {
    if (!sink.setMember(member, expiryMillis)) {
      throw in.malformed(TWICE_MEMBER);
    }
  }

  // ---- sorted sets ----

  private void sortedSetOfTexts() {
    for (long left = count(); left > 0; left--) {
      Bytes member = string();
      member(member, RdbScore.readText(in), Record.NO_EXPIRY);
    }
  }

  private void sortedSet(boolean expiring) {
    for (long left = count(); left > 0; left--) {
      Bytes member = string();
      double score = RdbScore.readBinary(in);
      member(member, score, expiring ? expiry() : Record.NO_EXPIRY);
    }
  }

  private void packedSortedSet(PackedReader elements) {
    long count = 0;
    while (elements.next()) {
      Bytes member = elements.bytes();
      need(elements, "a member without a score");
      member(member, RdbScore.of(in, elements), Record.NO_EXPIRY);
      count++;
    }
    elements(count);
  }

  private void member(Bytes member, double score, long expiryMillis) {
    if (!sink.sortedSetMember(member, score, expiryMillis)) {
      throw in.malformed(TWICE_MEMBER);
    }
  }

  // ---- hashes ----

  private void hash() {
    for (long left = count(); left > 0; left--) {
      Bytes field = string();
      field(field, string(), Record.NO_EXPIRY);
    }
  }

  private void packedHash(PackedReader elements) {
    long count = 0;
    while (elements.next()) {
      Bytes field = elements.bytes();
      need(elements, "a field without a value");
      field(field, elements.bytes(), Record.NO_EXPIRY);
      count++;
    }
    elements(count);
  }

  /// In previews the expiries are times; in the type that was released they count from the
  /// earliest, which is 1.
  private void expiringHash(RdbType type) {
    long before = type == RdbType.HASH_EXPIRING ? earliest() - 1 : 0;
    for (long left = count(); left > 0; left--) {
      long expiry = in.readLength(Limits.EXPIRY_MAX);
      if (expiry > Limits.EXPIRY_MAX - before) {
        throw in.malformed("an expiry too late");
      }
      Bytes field = string();
      field(field, string(), expiry == 0 ? Record.NO_EXPIRY : before + expiry);
    }
  }

  private void packedExpiringHash() {
    ListpackReader elements = new ListpackReader(packed());
    long count = 0;
    while (elements.next()) {
      Bytes field = elements.bytes();
      need(elements, "a field without a value");
      Bytes value = elements.bytes();
      need(elements, "a field without an expiry");
      long expiry = elements.isInteger() ? elements.integer() : -1;
      if (expiry < 0 || expiry > Limits.EXPIRY_MAX) {
        throw in.malformed("an expiry that is none");
      }
      field(field, value, expiry == 0 ? Record.NO_EXPIRY : expiry);
      count++;
    }
    elements(count);
  }

  private void field(Bytes field, Bytes value, long expiryMillis) {
    if (!sink.hashField(field, value, expiryMillis)) {
      throw in.malformed(TWICE_FIELD);
    }
  }

  // ---- pieces ----

  private long count() {
    long count = elements(in.readLength(Long.MAX_VALUE));
    sink.expect((int) Math.min(count, in.remaining()));
    return count;
  }

  private long elements(long count) {
    if (count == 0) {
      throw in.malformed("a value without elements");
    }
    return count;
  }

  private Bytes string() {
    return RdbStringCodec.read(in, Limits.STRING_SIZE_MAX);
  }

  private RdbReader packed() {
    return in.within(RdbStringCodec.read(in, PACKED_SIZE_MAX));
  }

  private void need(PackedReader elements, String otherwise) {
    if (!elements.next()) {
      throw in.malformed(otherwise);
    }
  }

  /// The earliest expiry of a hash.
  private long earliest() {
    long millis = in.readLittleEndian(Long.BYTES);
    if (millis < 0 || millis > Limits.EXPIRY_MAX) {
      throw in.malformed("an expiry that is none");
    }
    return millis;
  }

  /// An expiry of a type of our own.
  private long expiry() {
    long millis = in.readLittleEndian(Long.BYTES);
    if (millis < Record.NO_EXPIRY || millis > Limits.EXPIRY_MAX) {
      throw in.malformed("an expiry that is none");
    }
    return millis;
  }
}
