package io.karst.server.changes;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.history.Effect;
import io.karst.history.StreamEffect;
import io.karst.memory.Record;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import io.karst.value.Scores;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// Effects as the commands they are, word by word. Where Redis has no command that says the same,
/// the verb is one of our own: docs/CHANGES.md has them all.
final class EffectWords {
  private EffectWords() {}

  /// The commands that do what an effect on a key does, in their order; one as a rule.
  static List<List<Bytes>> of(Effect.OnKey effect) {
    if (effect instanceof Effect.PutElement put) {
      return put(put);
    }
    return List.of(command(effect).list());
  }

  private static Words command(Effect.OnKey effect) {
    Bytes key = effect.key();
    return switch (effect) {
      case Effect.Set set -> Words.of("SET", key).add(set.value()).pxat(set.expiryMillis());
      case Effect.SetRange range ->
          Words.of("SETRANGE", key).add(range.offset()).add(range.bytes());
      case Effect.Expire expire ->
          expire.expiryMillis() == Record.NO_EXPIRY
              ? Words.of("PERSIST", key)
              : Words.of("PEXPIREAT", key).add(expire.expiryMillis());
      case Effect.Delete _ -> Words.of("DEL", key);
      case Effect.PutElement _ -> throw Invariant.violated("an element is put by several commands");
      case Effect.RemoveElement remove -> Words.of("DELELEMENT", key).add(remove.element());
      case Effect.ExpireElement expire -> expire(key, expire.element(), expire.expiryMillis());
      case Effect.Restore restore -> restore(restore);
      case Effect.Push push ->
          Words.of(push.atHead() ? "LPUSH" : "RPUSH", key).addAll(push.elements());
      case Effect.Pop pop -> Words.of(pop.atHead() ? "LPOP" : "RPOP", key).add(pop.count());
      case Effect.SetAt set -> Words.of("LSET", key).add(set.index()).add(set.element());
      case Effect.InsertAt insert ->
          Words.of("LINSERTAT", key).add(insert.index()).add(insert.element());
      case Effect.RemoveEqual remove ->
          Words.of("LREM", key)
              .add(remove.fromHead() ? remove.count() : -remove.count())
              .add(remove.element());
      case StreamEffect stream -> StreamEffectWords.of(stream);
    };
  }

  private static List<List<Bytes>> put(Effect.PutElement put) {
    Bytes key = put.key();
    long expiryMillis = put.expiryMillis();
    boolean stays = expiryMillis == Record.NO_EXPIRY;
    List<List<Bytes>> commands = new ArrayList<>();
    switch (ValueType.of(put.type())) {
      case HASH -> {
        Words words =
            stays
                ? Words.of("HSET", key)
                : Words.of("HSETEX", key).pxat(expiryMillis).add("FIELDS").add(1);
        commands.add(words.add(put.element()).add(put.value()).list());
        return commands;
      }
      case SET -> commands.add(Words.of("SADD", key).add(put.element()).list());
      case SORTED_SET ->
          commands.add(
              Words.of("ZADD", key)
                  .add(Scores.text(Scores.ofBytes(put.value())))
                  .add(put.element())
                  .list());
      case STRING, LIST, STREAM -> throw Invariant.violated("an element of no such type");
    }
    if (!stays) {
      commands.add(expire(key, put.element(), expiryMillis).list());
    }
    return commands;
  }

  private static Words expire(Bytes key, Bytes element, long expiryMillis) {
    return expiryMillis == Record.NO_EXPIRY
        ? Words.of("PERSISTMEMBER", key).add(element)
        : Words.of("PEXPIREMEMBERAT", key).add(element).add(expiryMillis);
  }

  private static Words restore(Effect.Restore restore) {
    RdbType form = RdbType.of(restore.form());
    if (form == null) {
      throw Invariant.violated("a value of a form there is none of");
    }
    boolean stays = restore.expiryMillis() == Record.NO_EXPIRY;
    Words words = Words.of("RESTORE", restore.key()).add(stays ? 0 : restore.expiryMillis());
    words.add(new DumpPayload(form, restore.payload()).sealed()).add("REPLACE");
    return stays ? words : words.add("ABSTTL");
  }
}
