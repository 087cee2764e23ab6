package io.karst.server.changes;

import io.karst.base.CommandException;
import io.karst.commands.Reply;
import io.karst.engine.Changes;
import io.karst.engine.Engine;
import io.karst.history.DamagedLogException;
import io.karst.history.Log;
import io.karst.history.TrimmedException;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers `CHANGES FROM`, and begins what `CHANGES FOLLOW` asks for.
///
/// Thread-safe; blocks: not for event loops.
public final class ChangeFeed {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  /// Bytes of history that one call looks at; a filter may let none of it pass.
  static final long LOOK_MAX = 64 << 20;

  /// Bytes of keys and values beyond which an answer ends, with its transaction.
  private static final long SIZE_MAX = 4 << 20;

  private final Log log;
  private final Changes changes;

  public ChangeFeed(Engine engine, Config config) {
    log = engine.log();
    changes = new Changes(engine);
    config.follow(DiskDirectives.CHANGES_RETENTION, changes::retention);
  }

  /// Reads what a client asks for; what was acknowledged before the call is there. Waits, if that
  /// is asked for, until there is something, or `patience` is over.
  public Reply read(ChangeQuery query, Patience patience) {
    return tellingErrors(
        query,
        () -> {
          try (Changes.Reading reading = begin(query)) {
            return read(query, patience, reading);
          }
        });
  }

  /// Begins to follow; whoever gets it runs it.
  public ChangeFollower follow(ChangeQuery query) {
    return tellingErrors(query, () -> new ChangeFollower(this, begin(query), query, log));
  }

  /// What reads the history.
  private interface Act<T> {
    T run() throws IOException;
  }

  private <T> T tellingErrors(ChangeQuery query, Act<T> act) {
    if (!log.keeps()) {
      throw CommandException.err("CHANGES needs a history: this server keeps none");
    }
    try {
      return act.run();
    } catch (TrimmedException gone) {
      throw new CommandException(trimmed());
    } catch (IllegalArgumentException none) {
      throw CommandException.err("no change begins at LSN " + query.fromLsn());
    } catch (DamagedLogException | IOException failure) {
      LOG.error("Changes cannot be read: {}", failure.getMessage());
      throw CommandException.err("the history cannot be read: " + failure.getMessage());
    }
  }

  /// What is answered to whoever asks for more than there is.
  String trimmed() {
    try {
      return "ERR the history goes back to LSN " + oldest() + " only; changes-retention keeps more";
    } catch (DamagedLogException | IOException failure) {
      return "ERR the history cannot be read: " + failure.getMessage();
    }
  }

  private Changes.Reading begin(ChangeQuery query) throws IOException {
    long end = changes.end();
    return changes.from(query.fromLsn() == ChangeQuery.END ? end : query.fromLsn());
  }

  private Reply read(ChangeQuery query, Patience patience, Changes.Reading reading)
      throws IOException {
    ChangeList list = new ChangeList(query, SIZE_MAX);
    long limit = reading.position() + LOOK_MAX;
    do {
      while (!list.isFull() && reading.position() < limit && reading.next()) {
        list.add(reading);
      }
    } while (list.isEmpty()
        && reading.position() < limit
        && query.waits()
        && goesOn(reading.position(), patience));
    return list.reply(reading.position());
  }

  private boolean goesOn(long position, Patience patience) {
    return patience.await(() -> log.durable() > position);
  }

  /// How long a client waits.
  @FunctionalInterface
  public interface Patience {
    /// Waits until `condition` holds; whether it does, and there is still somebody to be told.
    boolean await(BooleanSupplier condition);
  }

  /// Where the oldest change begins that is kept.
  private long oldest() throws IOException {
    while (true) {
      try (Changes.Reading reading = changes.from(Log.OLDEST)) {
        return reading.position();
      } catch (TrimmedException moved) {
        LOG.debug("Looking again: {}", moved.getMessage());
      }
    }
  }
}
