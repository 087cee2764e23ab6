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
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.Signal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

  /// Reads what a session asks for; what was acknowledged before the call is there. Waits, if that
  /// is asked for, until there is something, the time is over, the client has gone, or the server
  /// ends.
  public Reply read(Session session, ChangeQuery query) {
    if (!log.keeps()) {
      throw CommandException.err("CHANGES needs a history: this server keeps none");
    }
    try {
      return readOrTell(session, query);
    } catch (DamagedLogException | IOException failure) {
      LOG.error("Changes cannot be read: {}", failure.getMessage());
      throw CommandException.err("the history cannot be read: " + failure.getMessage());
    }
  }

  private Reply readOrTell(Session session, ChangeQuery query) throws IOException {
    try {
      return read(session, query, changes.end());
    } catch (TrimmedException gone) {
      throw CommandException.err(
          "the history goes back to LSN " + oldest() + " only; changes-retention keeps more");
    } catch (IllegalArgumentException none) {
      throw CommandException.err("no change begins at LSN " + query.fromLsn());
    }
  }

  private Reply read(Session session, ChangeQuery query, long end) throws IOException {
    ChangeList list = new ChangeList(query);
    long from = query.fromLsn() == ChangeQuery.END ? end : query.fromLsn();
    try (Changes.Reading reading = changes.from(from)) {
      long limit = reading.position() + LOOK_MAX;
      long began = session.server().clock().monotonicNanos();
      do {
        while (!list.isFull() && reading.position() < limit && reading.next()) {
          list.add(reading);
        }
      } while (list.isEmpty()
          && reading.position() < limit
          && waits(session, query, reading.position(), began));
      return list.reply(reading.position());
    }
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

  /// Waits for something behind an LSN; whether there is.
  private boolean waits(Session session, ChangeQuery query, long lsn, long beganNanos) {
    long block = query.blockMillis();
    if (block == ChangeQuery.AT_ONCE || session.transaction() != null) {
      return false;
    }
    Server server = session.server();
    long passed = TimeUnit.NANOSECONDS.toMillis(server.clock().monotonicNanos() - beganNanos);
    if (block != Signal.FOREVER && passed >= block) {
      return false;
    }
    long left = block == Signal.FOREVER ? block : block - passed;
    try {
      server
          .signal()
          .await(() -> log.durable() > lsn || !session.isOpen() || server.isEnding(), left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return log.durable() > lsn && session.isOpen() && !server.isEnding();
  }
}
