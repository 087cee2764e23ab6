package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.history.StreamEffect;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Effects as the commands they are, for people: `db 0  SET "cart" "apples" PXAT …`.
final class EffectText {
  private EffectText() {}

  static String of(Effect effect) {
    return "db " + effect.database() + "  " + command(effect);
  }

  private static String command(Effect effect) {
    return switch (effect) {
      case Effect.Set set -> "SET " + set.key() + " " + set.value() + pxat(set.expiryMillis());
      case Effect.SetRange range ->
          "SETRANGE " + range.key() + " " + range.offset() + " " + range.bytes();
      case Effect.Expire(int database, Bytes key, long expiryMillis) ->
          expiryMillis == Record.NO_EXPIRY
              ? "PERSIST " + key
              : "PEXPIREAT " + key + " " + time(expiryMillis);
      case Effect.Delete delete -> "DEL " + delete.key();
      case Effect.PutElement put -> putElement(put) + pxat(put.expiryMillis());
      case Effect.RemoveElement remove -> "HDEL|SREM|ZREM " + remove.key() + " " + remove.element();
      case Effect.ExpireElement expire ->
          "HPEXPIREAT " + expire.key() + " " + expire.element() + pxat(expire.expiryMillis());
      case Effect.Restore restore ->
          "RESTORE "
              + restore.key()
              + " ("
              + restore.payload().length()
              + " bytes)"
              + pxat(restore.expiryMillis());
      case Effect.Push push -> push(push);
      case Effect.Pop pop -> (pop.atHead() ? "LPOP " : "RPOP ") + pop.key() + " " + pop.count();
      case Effect.SetAt set -> "LSET " + set.key() + " " + set.index() + " " + set.element();
      case Effect.InsertAt insert ->
          "LINSERT " + insert.key() + " BEFORE #" + insert.index() + " " + insert.element();
      case Effect.RemoveEqual remove ->
          "LREM "
              + remove.key()
              + (remove.fromHead() ? " " : " -")
              + remove.count()
              + " "
              + remove.element();
      case StreamEffect stream -> StreamEffectText.of(stream);
      case Effect.Flush flush -> "FLUSHDB, db " + flush.fresh() + " in its place";
      case Effect.Swap swap -> "SWAPDB with db " + swap.other();
      case Effect.PutLibrary put ->
          "FUNCTION LOAD REPLACE " + put.name() + " (" + put.source().length() + " bytes)";
      case Effect.RemoveLibrary remove -> "FUNCTION DELETE " + remove.name();
    };
  }

  /// The key it changes; null if it changes a whole database.
  static @Nullable Bytes key(Effect effect) {
    return switch (effect) {
      case Effect.OnKey onKey -> onKey.key();
      case Effect.Flush flush -> null;
      case Effect.Swap swap -> null;
      case Effect.PutLibrary _, Effect.RemoveLibrary _ -> null;
    };
  }

  private static String putElement(Effect.PutElement put) {
    return switch (ValueType.of(put.type())) {
      case SET -> "SADD " + put.key() + " " + put.element();
      case SORTED_SET -> "ZADD " + put.key() + " " + put.value() + " " + put.element();
      case HASH, STRING, LIST, STREAM ->
          "HSET " + put.key() + " " + put.element() + " " + put.value();
    };
  }

  private static String push(Effect.Push push) {
    StringBuilder text = new StringBuilder(push.atHead() ? "LPUSH " : "RPUSH ").append(push.key());
    push.elements().forEach(element -> text.append(' ').append(element));
    return text.toString();
  }

  private static String pxat(long expiryMillis) {
    return expiryMillis == Record.NO_EXPIRY ? "" : " PXAT " + time(expiryMillis);
  }

  static String time(long millis) {
    return millis + " (" + Instant.ofEpochMilli(millis) + ")";
  }
}
