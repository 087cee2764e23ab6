package io.karst.value;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// A sink that keeps a value in order to write it anew, in one of the forms we write.
final class Rewriting implements ValueSink {
  private final List<Bytes> members = new ArrayList<>();
  private final List<Bytes> values = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();
  private final List<Long> expiries = new ArrayList<>();
  private final RdbStreamWriter stream;
  private final RdbListWriter list;
  private final boolean compresses;

  Rewriting(RdbType streamForm, boolean compresses) {
    this.compresses = compresses;
    stream = new RdbStreamWriter(streamForm, compresses);
    list = new RdbListWriter(compresses);
  }

  /// Reads a value and writes it anew.
  ///
  /// - `form`: of the same type of value, one that is written element by element.
  static Bytes of(RdbType type, Bytes body, RdbType form, boolean compresses) {
    RdbType streamForm = form.valueType() == ValueType.STREAM ? form : RdbType.STREAM_2;
    Rewriting value = new Rewriting(streamForm, compresses);
    RdbValueReader.read(type, body, value);
    return value.as(form);
  }

  private Bytes as(RdbType form) {
    RdbWriter out = new RdbWriter(0);
    RdbValueWriter writer = new RdbValueWriter(out, compresses);
    int count = members.size();
    switch (form) {
      case HASH -> writer.beginHash(count);
      case HASH_EXPIRING -> writer.beginExpiringHash(earliest(), count);
      case SET -> writer.beginSet(count);
      case SET_EXPIRING -> writer.beginExpiringSet(count);
      case SORTED_SET_2 -> writer.beginSortedSet(count);
      case SORTED_SET_EXPIRING -> writer.beginExpiringSortedSet(count);
      case LIST_QUICKLIST_2 -> list.end(out);
      case STREAM_2, STREAM_3, STREAM_PRODUCED -> stream.end(out);
      default -> throw new IllegalArgumentException(form.title());
    }
    for (int i = 0; i < count; i++) {
      write(writer, form, i);
    }
    return out.bytes();
  }

  private void write(RdbValueWriter writer, RdbType form, int i) {
    Bytes member = members.get(i);
    long expiry = expiries.get(i);
    switch (form) {
      case HASH -> writer.hashField(member, values.get(i));
      case HASH_EXPIRING -> writer.expiringHashField(earliest(), member, values.get(i), expiry);
      case SET -> writer.setMember(member);
      case SET_EXPIRING -> writer.expiringSetMember(member, expiry);
      case SORTED_SET_2 -> writer.sortedSetMember(member, scores.get(i));
      default -> writer.expiringSortedSetMember(member, scores.get(i), expiry);
    }
  }

  private long earliest() {
    long stays = Record.NO_EXPIRY;
    return expiries.stream().mapToLong(each -> each).filter(e -> e != stays).min().orElse(0);
  }

  @Override
  public void listElement(Bytes element) {
    list.element(element);
  }

  @Override
  public boolean setMember(Bytes member, long expiryMillis) {
    members.add(member);
    expiries.add(expiryMillis);
    return true;
  }

  @Override
  public boolean sortedSetMember(Bytes member, double score, long expiryMillis) {
    scores.add(score);
    return setMember(member, expiryMillis);
  }

  @Override
  public boolean hashField(Bytes field, Bytes value, long expiryMillis) {
    values.add(value);
    return setMember(field, expiryMillis);
  }

  @Override
  public StreamSink stream() {
    return stream;
  }
}
