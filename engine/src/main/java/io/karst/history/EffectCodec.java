package io.karst.history;

import io.karst.base.Bytes;
import io.karst.memory.Record;

/// Effects as bytes: the one place that knows how each is written and read. A new kind of effect
/// is a verb in [WalFormat], a case in [#write] and a case in [#read].
///
/// Format: docs/formats/wal.md §4.
final class EffectCodec {
  private EffectCodec() {}

  static void write(Effect effect, EffectOutput out) {
    switch (effect) {
      case Effect.Set set -> writeSet(set, out);
      case Effect.SetRange range -> {
        begin(WalFormat.SET_RANGE, range, out);
        out.putBytes(range.key());
        out.putNumber(range.offset());
        out.putBytes(range.bytes());
      }
      case Effect.Expire expire -> writeExpire(expire, out);
      case Effect.Delete delete -> {
        begin(WalFormat.DELETE, delete, out);
        out.putBytes(delete.key());
      }
      case Effect.PutElement put -> writePutElement(put, out);
      case Effect.RemoveElement remove -> {
        begin(WalFormat.REMOVE_ELEMENT, remove, out);
        out.putBytes(remove.key());
        out.putBytes(remove.element());
      }
      case Effect.ExpireElement expire -> writeExpireElement(expire, out);
      case Effect.Restore restore -> writeRestore(restore, out);
      case Effect.Push push -> ListEffects.writePush(push, out);
      case Effect.Pop pop -> ListEffects.writePop(pop, out);
      case Effect.SetAt set -> ListEffects.writeSetAt(set, out);
      case Effect.InsertAt insert -> ListEffects.writeInsertAt(insert, out);
      case Effect.RemoveEqual remove -> ListEffects.writeRemoveEqual(remove, out);
      case StreamEffect stream -> StreamEffects.write(stream, out);
      case Effect.Flush flush -> {
        begin(WalFormat.FLUSH, flush, out);
        out.putNumber(Integer.toUnsignedLong(flush.fresh()));
      }
      case Effect.Swap swap -> {
        begin(WalFormat.SWAP, swap, out);
        out.putNumber(Integer.toUnsignedLong(swap.other()));
      }
      case Effect.PutLibrary put -> {
        begin(WalFormat.PUT_LIBRARY, put, out);
        out.putBytes(put.name());
        out.putBytes(put.source());
      }
      case Effect.RemoveLibrary remove -> {
        begin(WalFormat.REMOVE_LIBRARY, remove, out);
        out.putBytes(remove.name());
      }
    }
  }

  /// Reads one effect; its bytes are views with the life time of what is read.
  ///
  /// - throws [MalformedException] if there is none.
  static Effect read(EffectInput in) {
    int verb = in.getByte();
    int database = in.getInt();
    return switch (verb) {
      case WalFormat.SET ->
          new Effect.Set(database, in.getBytes(), in.getBytes(), Record.NO_EXPIRY);
      case WalFormat.SET_UNTIL ->
          new Effect.Set(database, in.getBytes(), in.getBytes(), in.getNumber());
      case WalFormat.SET_RANGE -> readSetRange(database, in);
      case WalFormat.EXPIRE -> new Effect.Expire(database, in.getBytes(), in.getNumber());
      case WalFormat.PERSIST -> new Effect.Expire(database, in.getBytes(), Record.NO_EXPIRY);
      case WalFormat.DELETE -> new Effect.Delete(database, in.getBytes());
      case WalFormat.PUT_ELEMENT -> readPutElement(database, in, false);
      case WalFormat.PUT_ELEMENT_UNTIL -> readPutElement(database, in, true);
      case WalFormat.REMOVE_ELEMENT ->
          new Effect.RemoveElement(database, in.getBytes(), in.getBytes());
      case WalFormat.EXPIRE_ELEMENT ->
          new Effect.ExpireElement(database, in.getBytes(), in.getBytes(), in.getNumber());
      case WalFormat.PERSIST_ELEMENT ->
          new Effect.ExpireElement(database, in.getBytes(), in.getBytes(), Record.NO_EXPIRY);
      case WalFormat.RESTORE -> readRestore(database, in, false);
      case WalFormat.RESTORE_UNTIL -> readRestore(database, in, true);
      case WalFormat.PUSH_HEAD -> ListEffects.readPush(database, in, true);
      case WalFormat.PUSH_TAIL -> ListEffects.readPush(database, in, false);
      case WalFormat.POP_HEAD -> ListEffects.readPop(database, in, true);
      case WalFormat.POP_TAIL -> ListEffects.readPop(database, in, false);
      case WalFormat.SET_AT -> ListEffects.readSetAt(database, in);
      case WalFormat.INSERT_AT -> ListEffects.readInsertAt(database, in);
      case WalFormat.REMOVE_EQUAL_FROM_HEAD -> ListEffects.readRemoveEqual(database, in, true);
      case WalFormat.REMOVE_EQUAL_FROM_TAIL -> ListEffects.readRemoveEqual(database, in, false);
      case WalFormat.FLUSH -> new Effect.Flush(database, in.getInt());
      case WalFormat.SWAP -> new Effect.Swap(database, in.getInt());
      default -> readOther(verb, database, in);
    };
  }

  private static Effect readOther(int verb, int database, EffectInput in) {
    if (verb == WalFormat.PUT_LIBRARY) {
      return new Effect.PutLibrary(in.getBytes(), in.getBytes());
    }
    if (verb == WalFormat.REMOVE_LIBRARY) {
      return new Effect.RemoveLibrary(in.getBytes());
    }
    if (StreamEffects.has(verb)) {
      return StreamEffects.read(verb, database, in);
    }
    throw new MalformedException("there is no verb " + verb);
  }

  static void begin(int verb, Effect effect, EffectOutput out) {
    out.putByte(verb);
    out.putNumber(Integer.toUnsignedLong(effect.database()));
  }

  private static void writeSet(Effect.Set set, EffectOutput out) {
    boolean stays = set.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.SET : WalFormat.SET_UNTIL, set, out);
    out.putBytes(set.key());
    out.putBytes(set.value());
    putExpiry(set.expiryMillis(), out);
  }

  private static void writeExpire(Effect.Expire expire, EffectOutput out) {
    boolean stays = expire.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.PERSIST : WalFormat.EXPIRE, expire, out);
    out.putBytes(expire.key());
    putExpiry(expire.expiryMillis(), out);
  }

  private static void writePutElement(Effect.PutElement put, EffectOutput out) {
    boolean stays = put.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.PUT_ELEMENT : WalFormat.PUT_ELEMENT_UNTIL, put, out);
    out.putBytes(put.key());
    out.putByte(put.type());
    out.putBytes(put.element());
    out.putBytes(put.value());
    putExpiry(put.expiryMillis(), out);
  }

  private static void writeExpireElement(Effect.ExpireElement expire, EffectOutput out) {
    boolean stays = expire.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.PERSIST_ELEMENT : WalFormat.EXPIRE_ELEMENT, expire, out);
    out.putBytes(expire.key());
    out.putBytes(expire.element());
    putExpiry(expire.expiryMillis(), out);
  }

  private static void writeRestore(Effect.Restore restore, EffectOutput out) {
    boolean stays = restore.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.RESTORE : WalFormat.RESTORE_UNTIL, restore, out);
    out.putBytes(restore.key());
    out.putByte(restore.form());
    out.putBytes(restore.payload());
    putExpiry(restore.expiryMillis(), out);
  }

  private static void putExpiry(long expiryMillis, EffectOutput out) {
    if (expiryMillis != Record.NO_EXPIRY) {
      out.putNumber(expiryMillis);
    }
  }

  private static Effect readPutElement(int database, EffectInput in, boolean expires) {
    Bytes key = in.getBytes();
    int type = in.getByte();
    Bytes element = in.getBytes();
    Bytes value = in.getBytes();
    long expiry = expires ? in.getNumber() : Record.NO_EXPIRY;
    return new Effect.PutElement(database, key, type, element, value, expiry);
  }

  private static Effect readRestore(int database, EffectInput in, boolean expires) {
    Bytes key = in.getBytes();
    int form = in.getByte();
    Bytes payload = in.getBytes();
    long expiry = expires ? in.getNumber() : Record.NO_EXPIRY;
    return new Effect.Restore(database, key, form, payload, expiry);
  }

  private static Effect readSetRange(int database, EffectInput in) {
    Bytes key = in.getBytes();
    long offset = in.getNumber();
    if (offset < 0 || offset > Integer.MAX_VALUE) {
      throw new MalformedException("an offset of " + offset);
    }
    return new Effect.SetRange(database, key, (int) offset, in.getBytes());
  }

  /// The bytes are whole, but not those of effects this build knows.
  static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message, null, false, false);
    }
  }
}
