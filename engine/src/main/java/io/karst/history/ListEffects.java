package io.karst.history;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The effects on lists as bytes: a part of [EffectCodec].
final class ListEffects {
  private ListEffects() {}

  static void writePush(Effect.Push push, EffectOutput out) {
    EffectCodec.begin(push.atHead() ? WalFormat.PUSH_HEAD : WalFormat.PUSH_TAIL, push, out);
    out.putBytes(push.key());
    List<Bytes> elements = push.elements();
    out.putNumber(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      out.putBytes(elements.get(i));
    }
  }

  static void writePop(Effect.Pop pop, EffectOutput out) {
    EffectCodec.begin(pop.atHead() ? WalFormat.POP_HEAD : WalFormat.POP_TAIL, pop, out);
    out.putBytes(pop.key());
    out.putNumber(pop.count());
  }

  static void writeSetAt(Effect.SetAt set, EffectOutput out) {
    EffectCodec.begin(WalFormat.SET_AT, set, out);
    out.putBytes(set.key());
    out.putNumber(set.index());
    out.putBytes(set.element());
  }

  static void writeInsertAt(Effect.InsertAt insert, EffectOutput out) {
    EffectCodec.begin(WalFormat.INSERT_AT, insert, out);
    out.putBytes(insert.key());
    out.putNumber(insert.index());
    out.putBytes(insert.element());
  }

  static void writeRemoveEqual(Effect.RemoveEqual remove, EffectOutput out) {
    boolean fromHead = remove.fromHead();
    int verb = fromHead ? WalFormat.REMOVE_EQUAL_FROM_HEAD : WalFormat.REMOVE_EQUAL_FROM_TAIL;
    EffectCodec.begin(verb, remove, out);
    out.putBytes(remove.key());
    out.putNumber(remove.count());
    out.putBytes(remove.element());
  }

  static Effect readPush(int database, EffectInput in, boolean atHead) {
    Bytes key = in.getBytes();
    int count = whole(in);
    if (count == 0) {
      throw new EffectCodec.MalformedException("no element to add");
    }
    List<Bytes> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(in.getBytes());
    }
    return new Effect.Push(database, key, atHead, elements);
  }

  static Effect readPop(int database, EffectInput in, boolean atHead) {
    return new Effect.Pop(database, in.getBytes(), atHead, whole(in));
  }

  static Effect readSetAt(int database, EffectInput in) {
    return new Effect.SetAt(database, in.getBytes(), whole(in), in.getBytes());
  }

  static Effect readInsertAt(int database, EffectInput in) {
    return new Effect.InsertAt(database, in.getBytes(), whole(in), in.getBytes());
  }

  static Effect readRemoveEqual(int database, EffectInput in, boolean fromHead) {
    return new Effect.RemoveEqual(database, in.getBytes(), fromHead, whole(in), in.getBytes());
  }

  /// An index or a count.
  private static int whole(EffectInput in) {
    long number = in.getNumber();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new EffectCodec.MalformedException("a number of " + number);
    }
    return (int) number;
  }
}
