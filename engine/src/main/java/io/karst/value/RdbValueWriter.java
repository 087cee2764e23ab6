package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.memory.Record;

/// Writes the values of collections in the forms we have chosen among those of [RdbType]: what
/// stands between an entry's key and the next entry. The type is the caller's to write.
///
/// Each value begins with what its elements are counted by, and it is the caller who keeps to the
/// count, and to what [RdbValueReader] checks. Nothing here knows where elements are kept.
/// For streams see [RdbStreamWriter], for lists of elements [RdbListWriter].
///
/// Thread: its owner's. Format: docs/formats/dump-payload.md §5.
public final class RdbValueWriter {
  private final RdbWriter out;
  private final boolean compresses;

  /// - `compresses`: whether long strings are, as in what goes to Redis; what is kept on disk is
  ///   compressed there as a whole.
  public RdbValueWriter(RdbWriter out, boolean compresses) {
    this.out = out;
    this.compresses = compresses;
  }

  // ---- hashes ----

  /// Begins a [RdbType#HASH] of `count` fields, at least one.
  public void beginHash(long count) {
    out.writeLength(count);
  }

  public void hashField(Bytes field, Bytes value) {
    string(field);
    string(value);
  }

  /// Begins a [RdbType#HASH_EXPIRING].
  ///
  /// - `earliestMillis`: the earliest expiry of a field, 0 if there is none.
  public void beginExpiringHash(long earliestMillis, long count) {
    out.writeLittleEndian(earliestMillis, Long.BYTES);
    out.writeLength(count);
  }

  /// - `earliestMillis`: as at the beginning.
  /// - `expiryMillis`: not before that, or [Record#NO_EXPIRY].
  public void expiringHashField(long earliestMillis, Bytes field, Bytes value, long expiryMillis) {
    boolean stays = expiryMillis == Record.NO_EXPIRY;
    Invariant.check(stays || expiryMillis >= earliestMillis, "an expiry before the earliest");
    out.writeLength(stays ? 0 : expiryMillis - earliestMillis + 1);
    hashField(field, value);
  }

  // ---- sets ----

  /// Begins a [RdbType#SET].
  public void beginSet(long count) {
    out.writeLength(count);
  }

  public void setMember(Bytes member) {
    string(member);
  }

  /// Begins a [RdbType#SET_EXPIRING].
  public void beginExpiringSet(long count) {
    out.writeLength(count);
  }

  /// - `expiryMillis`: since 1970, or [Record#NO_EXPIRY].
  public void expiringSetMember(Bytes member, long expiryMillis) {
    string(member);
    out.writeLittleEndian(expiryMillis, Long.BYTES);
  }

  /// Writes a [RdbType#SET_INTSET].
  ///
  /// - `members`: the first `count` of them, at least one, in ascending order.
  public void intset(long[] members, int count) {
    int size = Math.max(integerSize(members[0]), integerSize(members[count - 1]));
    RdbWriter set = new RdbWriter(Math.addExact(IntsetReader.HEADER_SIZE, count * size));
    set.writeLittleEndian(size, Integer.BYTES);
    set.writeLittleEndian(count, Integer.BYTES);
    for (int i = 0; i < count; i++) {
      set.writeLittleEndian(members[i], size);
    }
    string(set.bytes());
  }

  // ---- sorted sets ----

  /// Begins a [RdbType#SORTED_SET_2].
  public void beginSortedSet(long count) {
    out.writeLength(count);
  }

  /// - `score`: not NaN. The order of the members is free.
  public void sortedSetMember(Bytes member, double score) {
    string(member);
    RdbScore.writeBinary(out, score);
  }

  /// Begins a [RdbType#SORTED_SET_EXPIRING].
  public void beginExpiringSortedSet(long count) {
    out.writeLength(count);
  }

  /// - `expiryMillis`: since 1970, or [Record#NO_EXPIRY].
  public void expiringSortedSetMember(Bytes member, double score, long expiryMillis) {
    sortedSetMember(member, score);
    out.writeLittleEndian(expiryMillis, Long.BYTES);
  }

  // ---- what is packed already ----

  /// Writes a [RdbType#HASH_LISTPACK], [RdbType#SORTED_SET_LISTPACK] or [RdbType#SET_LISTPACK].
  ///
  /// - `listpack`: fields and values in turn; members and scores in turn, in ascending order of
  ///   score and member; members.
  public void listpack(Bytes listpack) {
    string(listpack);
  }

  /// Begins a [RdbType#LIST_QUICKLIST_2] of `count` nodes, at least one.
  public void beginList(long count) {
    out.writeLength(count);
  }

  /// - `listpack`: some elements, at least one.
  public void packedNode(Bytes listpack) {
    out.writeLength(RdbValueReader.NODE_PACKED);
    string(listpack);
  }

  /// - `element`: one by itself, not empty.
  public void plainNode(Bytes element) {
    out.writeLength(RdbValueReader.NODE_PLAIN);
    string(element);
  }

  private void string(Bytes string) {
    if (compresses) {
      RdbStringCodec.write(out, string);
    } else {
      RdbStringCodec.writePlain(out, string);
    }
  }

  private static int integerSize(long value) {
    if (value == (short) value) {
      return Short.BYTES;
    }
    return value == (int) value ? Integer.BYTES : Long.BYTES;
  }
}
