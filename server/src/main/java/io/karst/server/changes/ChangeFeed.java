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

/// Answers `CHANGES FROM`.
///
/// Thread-safe; [#read] blocks: not for event loops.
public final class ChangeFeed {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

  /// Bytes of history that one call looks at; a filter may let none of it pass.
  private static final long LOOK_MAX = 64 << 20;

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
    if (!log.keeps()) {
      throw CommandException.err("CHANGES needs a history: this server keeps none");
    }
    try {
      return readOrTell(query, patience);
    } catch (DamagedLogException | IOException failure) {
      LOG.error("Changes cannot be read: {}", failure.getMessage());
      throw CommandException.err("the history cannot be read: " + failure.getMessage());
    }
  }

  private Reply readOrTell(ChangeQuery query, Patience patience) throws IOException {
    try {
      return readFrom(query, patience, changes.end());
    } catch (TrimmedException gone) {
      throw CommandException.err(
          "the history goes back to LSN " + oldest() + " only; changes-retention keeps more");
    } catch (IllegalArgumentException none) {
      throw CommandException.err("no change begins at LSN " + query.fromLsn());
    }
  }

  private Reply readFrom(ChangeQuery query, Patience patience, long end) throws IOException {
    ChangeList list = new ChangeList(query);
    long from = query.fromLsn() == ChangeQuery.END ? end : query.fromLsn();
    try (Changes.Reading reading = changes.from(from)) {
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
