package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Values drawn at random, in their simplest forms.
final class RandomValues {
  private RandomValues() {}

  static Bytes string(Random random) {
    int length = random.nextInt(8) == 0 ? random.nextInt(9000) : random.nextInt(80);
    int letters = 1 + random.nextInt(256);
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) random.nextInt(letters);
    }
    return random.nextBoolean()
        ? Decimal.of(random.nextLong() >> random.nextInt(64))
        : Bytes.of(content);
  }

  static Bytes strings(Random random) {
    RdbWriter out = new RdbWriter(0);
    int count = 1 + random.nextInt(60);
    out.writeLength(count);
    for (int i = 0; i < count; i++) {
      RdbStringCodec.writePlain(out, string(random));
    }
    return out.bytes();
  }

  static Bytes hash(Random random) {
    RdbWriter out = new RdbWriter(0);
    Set<Bytes> fields = distinct(random);
    RdbValueWriter writer = new RdbValueWriter(out, false);
    writer.beginHash(fields.size());
    fields.forEach(field -> writer.hashField(field, string(random)));
    return out.bytes();
  }

  static Bytes sortedSet(Random random) {
    RdbWriter out = new RdbWriter(0);
    Set<Bytes> members = distinct(random);
    RdbValueWriter writer = new RdbValueWriter(out, false);
    writer.beginSortedSet(members.size());
    members.forEach(member -> writer.sortedSetMember(member, score(random)));
    return out.bytes();
  }

  static Bytes stream(Random random) {
    RdbStreamWriter out = new RdbStreamWriter(RdbType.STREAM_2, false);
    NavigableSet<StreamId> ids = ids(random, 1 + random.nextInt(300));
    List<List<Bytes>> shapes = List.of(fields(random), fields(random));
    for (StreamId id : ids) {
      List<Bytes> pairs = new ArrayList<>();
      for (Bytes field : shapes.get(random.nextInt(10) == 0 ? 1 : 0)) {
        pairs.add(field);
        pairs.add(string(random));
      }
      out.entry(id, pairs);
    }
    long length = ids.size();
    StreamId first = ids.first();
    out.state(new StreamState(length, ids.last(), first, StreamId.ZERO, length + 3));
    for (int i = 0; i < random.nextInt(4); i++) {
      group(out, random, Bytes.utf8("group" + i), List.copyOf(ids(random, random.nextInt(20))));
    }
    RdbWriter writer = new RdbWriter(0);
    out.end(writer);
    return writer.bytes();
  }

  private static void group(
      RdbStreamWriter out, Random random, Bytes name, List<StreamId> pending) {
    out.group(name, new StreamId(random.nextInt(9), 0), random.nextInt(5) - 1);
    for (StreamId id : pending) {
      out.pending(id, random.nextInt(1 << 30), random.nextInt(5));
    }
    // Each takes some from where the one before left off.
    int from = 0;
    for (int i = 0; i < 3; i++) {
      out.consumer(Bytes.utf8("consumer" + i), 1000, 1000);
      int to = i == 2 ? pending.size() : from + random.nextInt(pending.size() - from + 1);
      pending.subList(from, to).forEach(out::consumerPending);
      from = to;
    }
  }

  private static NavigableSet<StreamId> ids(Random random, int count) {
    NavigableSet<StreamId> ids = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      long millis = random.nextLong() >> (random.nextBoolean() ? 0 : 60);
      ids.add(new StreamId(millis, 1 + random.nextInt(1000)));
    }
    return ids;
  }

  private static List<Bytes> fields(Random random) {
    return List.copyOf(distinct(random)).subList(0, 1);
  }

  private static Set<Bytes> distinct(Random random) {
    Set<Bytes> set = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(40); i > 0; i--) {
      set.add(string(random));
    }
    return set;
  }

  private static double score(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isNaN(any) || random.nextBoolean() ? random.nextInt(100) / 8.0 : any;
  }
}
