package io.karst.server.changes;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.engine.Changes;
import io.karst.history.Effect;
import java.util.ArrayList;
import java.util.List;

/// Changes that were asked for, as a client gets them: for each command the LSN of its transaction,
/// the number of its database, and its words.
final class ChangeList {
  private final ChangeQuery query;
  private final long sizeMax;
  private final List<Reply> changes = new ArrayList<>();
  private long size;

  /// - `sizeMax`: bytes of keys and values beyond which no further transaction is added.
  ChangeList(ChangeQuery query, long sizeMax) {
    this.query = query;
    this.sizeMax = sizeMax;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /// Whether it has as much as a reply should have.
  boolean isFull() {
    return changes.size() >= query.count() || size >= sizeMax;
  }

  /// Adds what is asked for of a transaction, all of it.
  void add(Changes.Reading reading) {
    reading.show((effect, ids) -> add(reading.lsn(), effect, ids));
  }

  private void add(long lsn, Effect effect, int[] ids) {
    int number = indexOf(ids, effect.database());
    switch (effect) {
      case Effect.OnKey onKey -> {
        if (query.wants(onKey.key())) {
          EffectWords.of(onKey).forEach(words -> add(lsn, number, words));
        }
      }
      case Effect.Flush _ -> add(lsn, number, List.of(Bytes.utf8("FLUSHDB")));
      case Effect.Swap swap -> {
        String other = Integer.toString(indexOf(ids, swap.other()));
        List<Bytes> words = new ArrayList<>();
        words.add(Bytes.utf8("SWAPDB"));
        words.add(Bytes.utf8(Integer.toString(number)));
        words.add(Bytes.utf8(other));
        add(lsn, number, words);
      }
      case Effect.PutLibrary(Bytes _, Bytes source) ->
          add(lsn, 0, Words.of("FUNCTION LOAD REPLACE", source).list());
      case Effect.RemoveLibrary(Bytes name) ->
          add(lsn, 0, Words.of("FUNCTION DELETE", name).list());
    }
  }

  private void add(long lsn, int number, List<Bytes> words) {
    words.forEach(word -> size += word.length());
    List<Reply> bulks = words.stream().map(Reply::bulk).toList();
    changes.add(Reply.array(Reply.of(lsn), Reply.of(number), new Reply.Array(bulks)));
  }

  private static int indexOf(int[] ids, int id) {
    int index = 0;
    while (index < ids.length && ids[index] != id) {
      index++;
    }
    return index;
  }

  Reply changes() {
    return new Reply.Array(changes);
  }

  /// - `next`: where to go on.
  Reply reply(long next) {
    return new Reply.Dictionary(
        List.of(Reply.bulk("next"), Reply.of(next), Reply.bulk("changes"), changes()));
  }
}
