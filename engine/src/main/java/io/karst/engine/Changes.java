package io.karst.engine;

import io.karst.history.Effect;
import io.karst.history.Log;
import io.karst.history.LogFeed;
import io.karst.history.TrimmedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What has changed, in order, for whoever wants to follow: the history from an LSN on, as far back
/// as it is kept and as far as it is durable. Who goes on where he has stopped misses nothing and
/// gets nothing twice, whatever happened to him or to the server in between.
///
/// Thread-safe; everything here blocks: not for event loops.
public final class Changes {
  private final Engine engine;
  private final Log log;
  private @Nullable DatabaseNumbers numbers;

  public Changes(Engine engine) {
    this.engine = engine;
    this.log = engine.log();
  }

  /// Keeps so many bytes of history at least, though the disk tier has all of it.
  public void retention(long bytes) {
    if (engine.tiered()) {
      engine.checkpoints().retention(bytes);
    }
  }

  /// The LSN where the next change will begin: everything before it is durable when this returns.
  ///
  /// - throws [io.karst.base.Fault.ReadOnly] if it never will be.
  public long end() {
    long tail = log.tail();
    log.awaitDurable(tail);
    return tail;
  }

  /// Begins to read.
  ///
  /// - `fromLsn`: where a change begins or the history ends, or [Log#OLDEST].
  /// - throws as [Log#feed].
  public Reading from(long fromLsn) throws IOException {
    LogFeed feed = log.feed(fromLsn);
    try {
      DatabaseNumbers known = numbers(feed.position());
      if (feed.position() < known.firstLsn()) { // The log has let go of it just now.
        throw new TrimmedException(feed.position(), known.firstLsn());
      }
      return new Reading(feed, known, known.at(feed.position()));
    } catch (IOException | RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  /// The numbers of databases, known from before an LSN that is kept to there or beyond.
  private synchronized DatabaseNumbers numbers(long lsn) throws IOException {
    DatabaseNumbers known = numbers;
    if (known == null || !(known.knows(lsn) || reaches(known, lsn))) {
      known = learn();
      numbers = known;
    }
    return known;
  }

  /// Reads on from where the numbers are known up to an LSN; whether that could be done.
  private boolean reaches(DatabaseNumbers known, long lsn) throws IOException {
    long from = known.endLsn();
    if (lsn < from) {
      return false;
    }
    try (Reading between = new Reading(log.feed(from), known, known.at(from))) {
      while (between.position() < lsn && between.next()) {
        // What is read is noted.
      }
      return true;
    } catch (TrimmedException gone) {
      return false;
    }
  }

  /// Finds out from the numbers of now, and from the whole history, what they were before.
  private DatabaseNumbers learn() throws IOException {
    int[] ids = new int[engine.databases()];
    long tail = ids(ids);
    log.awaitDurable(tail);
    TreeMap<Long, List<Effect>> changes = new TreeMap<>();
    try (LogFeed feed = log.feed(Log.OLDEST)) {
      long first = feed.position();
      while (feed.position() < tail && feed.next()) {
        List<Effect> whole = new ArrayList<>();
        for (Effect effect : feed.effects()) {
          if (DatabaseNumbers.changes(effect)) {
            whole.add(effect);
          }
        }
        if (!whole.isEmpty()) {
          changes.put(feed.lsn(), whole);
        }
      }
      return new DatabaseNumbers(first, tail, ids, changes);
    }
  }

  /// Fills in the ids of all databases; returns the LSN at which that is so.
  private long ids(int[] ids) {
    Tx tx = engine.borrow();
    try {
      tx.begin(engine.clock().wallMillis(), 0);
      tx.slots().add(0); // One is enough: whole databases change under the locks of all.
      tx.lock();
      try {
        for (int index = 0; index < ids.length; index++) {
          ids[index] = tx.keyspace().id(index);
        }
        return log.tail();
      } finally {
        tx.end();
      }
    } finally {
      engine.giveBack(tx);
    }
  }

  /// Goes through changes, transaction by transaction.
  ///
  /// Thread: its owner's.
  public static final class Reading implements AutoCloseable {
    private final LogFeed feed;
    private final DatabaseNumbers known;
    private final int[] ids;
    private List<Effect> effects = List.of();

    /// The ids before the transaction; null if it has not changed them.
    private int @Nullable [] before;

    private Reading(LogFeed feed, DatabaseNumbers known, int[] ids) {
      this.feed = feed;
      this.known = known;
      this.ids = ids;
    }

    /// Goes on to the next transaction; false if there is none yet that is durable: it may be asked
    /// again later.
    ///
    /// - throws as [LogFeed#next].
    public boolean next() throws IOException {
      if (!feed.next()) {
        return false;
      }
      effects = feed.effects();
      before = null;
      for (Effect effect : effects) {
        if (DatabaseNumbers.changes(effect)) {
          before = before == null ? ids.clone() : before;
          DatabaseNumbers.apply(ids, effect);
        }
      }
      known.extend(feed.lsn(), feed.position(), ids);
      return true;
    }

    /// Where the transaction begins.
    public long lsn() {
      return feed.lsn();
    }

    /// Where to go on.
    public long position() {
      return feed.position();
    }

    /// Shows the effects of the transaction, in order; their bytes are views, good until the next
    /// [#next].
    public void show(Visitor visitor) {
      int[] at = before == null ? ids : before.clone();
      for (Effect effect : effects) {
        visitor.effect(effect, at);
        if (before != null) {
          DatabaseNumbers.apply(at, effect);
        }
      }
    }

    @Override
    public void close() {
      feed.close();
    }
  }

  /// Who is shown effects.
  @FunctionalInterface
  public interface Visitor {
    /// - `ids`: of the databases before the effect, in the order of their numbers.
    void effect(Effect effect, int[] ids);
  }
}
