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
      case Effect.Flush flush -> {
        begin(WalFormat.FLUSH, flush, out);
        out.putNumber(Integer.toUnsignedLong(flush.fresh()));
      }
      case Effect.Swap swap -> {
        begin(WalFormat.SWAP, swap, out);
        out.putNumber(Integer.toUnsignedLong(swap.other()));
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
      case WalFormat.FLUSH -> new Effect.Flush(database, in.getInt());
      case WalFormat.SWAP -> new Effect.Swap(database, in.getInt());
      default -> throw new MalformedException("there is no verb " + verb);
    };
  }

  private static void begin(int verb, Effect effect, EffectOutput out) {
    out.putByte(verb);
    out.putNumber(Integer.toUnsignedLong(effect.database()));
  }

  private static void writeSet(Effect.Set set, EffectOutput out) {
    boolean stays = set.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.SET : WalFormat.SET_UNTIL, set, out);
    out.putBytes(set.key());
    out.putBytes(set.value());
    if (!stays) {
      out.putNumber(set.expiryMillis());
    }
  }

  private static void writeExpire(Effect.Expire expire, EffectOutput out) {
    boolean stays = expire.expiryMillis() == Record.NO_EXPIRY;
    begin(stays ? WalFormat.PERSIST : WalFormat.EXPIRE, expire, out);
    out.putBytes(expire.key());
    if (!stays) {
      out.putNumber(expire.expiryMillis());
    }
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
