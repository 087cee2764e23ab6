package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.history.Effect;
import io.karst.keyspace.Database;
import io.karst.keyspace.Key;
import io.karst.keyspace.Keyspace;
import io.karst.lsm.Stored;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Effects of a history on keys that the disk tier may have, in order, until [#settle] applies
/// them: what the tier has of their keys is read for many of them together and in the order of the
/// keys, so that each of its blocks is read once, and by several threads.
///
/// Of a key whose first effect replaces it as a whole only the header is needed: the LSN that says
/// whether the tier is newer than the effect, and whether there is such a key, for the counts.
///
/// Thread: the one that opens the engine, before anybody else uses it.
final class ColdReplay {
  private static final int WAITING_MAX = 1 << 17;

  private final Engine engine;
  private final Keyspace keyspace;
  private final Tx tx;
  private final Replay replay;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Key[] one = new Key[1];

  private record Waiting(long lsn, int index, Effect.OnKey effect, Key key) {}

  /// A key of a database: the hash is that of the keyspace.
  private record Place(int id, Key key) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place that
          && id == that.id
          && key.bytes().equals(that.key.bytes());
    }

    @Override
    public int hashCode() {
      return (int) key.hash();
    }
  }

  /// What is asked of the tier, and the answer.
  private static final class Question {
    private final Place place;
    private final boolean headerOnly;
    private @Nullable Stored stored;

    private Question(Place place, boolean headerOnly) {
      this.place = place;
      this.headerOnly = headerOnly;
    }

    private Bytes key() {
      return place.key().bytes();
    }

    private boolean joins(Question that) {
      return place.id() == that.place.id() && headerOnly == that.headerOnly;
    }
  }

  /// - `own`: a transaction that makes no effects.
  ColdReplay(Engine engine, Tx own) {
    this.engine = engine;
    this.keyspace = engine.keyspace();
    this.tx = own;
    this.replay = new Replay(own);
  }

  /// Keeps an effect for [#settle]; its bytes stay valid until then.
  ///
  /// - `index`: of the database, which stays until then.
  void add(long lsn, int index, Effect.OnKey effect, Key key) {
    waiting.add(new Waiting(lsn, index, effect, key));
    if (waiting.size() == WAITING_MAX) {
      settle();
    }
  }

  /// Applies what waits.
  void settle() {
    if (waiting.isEmpty()) {
      return;
    }
    Map<Place, Question> questions = questions();
    ask(new ArrayList<>(questions.values()));
    for (Waiting each : waiting) {
      apply(each, questions);
    }
    waiting.clear();
  }

  private Map<Place, Question> questions() {
    Map<Place, Question> questions = new HashMap<>();
    for (Waiting each : waiting) {
      each.key().hash(keyspace.hasher());
      Database data = keyspace.find(each.index());
      if (data != null && data.find(each.key()) == Record.NONE) {
        Place place = new Place(data.id(), each.key());
        questions.computeIfAbsent(place, _ -> new Question(place, replaces(each.effect())));
      }
    }
    return questions;
  }

  private void ask(List<Question> questions) {
    questions.sort(
        Comparator.comparingInt((Question question) -> question.place.id())
            .thenComparing(question -> question.headerOnly)
            .thenComparing(Question::key));
    for (int from = 0, to; from < questions.size(); from = to) {
      Question first = questions.get(from);
      for (to = from + 1; to < questions.size() && questions.get(to).joins(first); ) {
        to++;
      }
      List<Question> part = questions.subList(from, to);
      List<Bytes> keys = part.stream().map(Question::key).toList();
      List<@Nullable Stored> found =
          engine.reads().getMany(first.place.id(), keys, first.headerOnly);
      for (int i = 0; i < part.size(); i++) {
        part.get(i).stored = found.get(i);
      }
    }
  }

  private void apply(Waiting each, Map<Place, Question> questions) {
    replay.begin(each.key(), each.index());
    try {
      if (!passed(each, questions)) {
        replay.change(each.effect(), each.key());
      }
    } finally {
      tx.end();
    }
  }

  /// Whether the tier has the key as it was after the effect; otherwise it is in memory now, or
  /// nowhere.
  private boolean passed(Waiting each, Map<Place, Question> questions) {
    one[0] = each.key();
    if (!tx.missing(one, 1)) {
      return false;
    }
    int id = each.effect().database();
    Question asked = questions.get(new Place(id, each.key()));
    boolean replaced = replaces(each.effect());
    boolean known = asked != null && (asked.stored == null || replaced || !asked.headerOnly);
    Stored stored = known ? asked.stored : engine.tier().get(id, each.key().bytes());
    if (stored != null && each.lsn() < stored.lsn()) {
      return true;
    }
    if (stored != null && replaced) {
      boolean indexed = stored.expiryMillis() != Record.NO_EXPIRY;
      tx.records().buryCold(each.index(), each.key(), indexed);
    } else {
      tx.records().cold().settle(each.index(), each.key(), stored);
    }
    return false;
  }

  /// Whether nothing of what a key was before is left after an effect.
  private static boolean replaces(Effect.OnKey effect) {
    return switch (effect) {
      case Effect.Set _, Effect.Delete _ -> true;
      case Effect.SetRange _, Effect.Expire _ -> false;
    };
  }
}
