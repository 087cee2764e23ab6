package io.karst.server.changes;

import io.karst.commands.Reply;
import io.karst.engine.Changes;
import io.karst.history.DamagedLogException;
import io.karst.history.Log;
import io.karst.history.TrimmedException;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows changes to one who follows them, as soon as they are durable, until he wants no more, or
/// more cannot be shown, of which he is told.
///
/// It never has more of them in hand than one push: whoever takes them slowly is read on for from
/// the history, when he has room. Thread: its own, which blocks.
public final class ChangeFollower {
  /// Who follows.
  public interface Sink {
    /// Tells him, and waits until he has room for the next.
    ///
    /// - returns: whether he wants to be told more.
    boolean push(Reply.Push push);

    /// Tells him that this is the end.
    void end(Reply.Push push);

    /// Waits until `condition` holds; false if he wants to be told nothing any more.
    boolean await(BooleanSupplier condition);

    /// Why he may be told no more; null if he may.
    @Nullable String refusal();
  }

  private static final Logger LOG = LoggerFactory.getLogger(ChangeFollower.class);
  private static final Reply CHANGES = Reply.bulk("changes");
  private static final Reply END = Reply.bulk("changes-end");

  /// Bytes of keys and values beyond which a push ends, with its transaction.
  private static final long SIZE_MAX = 256 << 10;

  private final ChangeFeed feed;
  private final Changes.Reading reading;
  private final ChangeQuery query;
  private final Log log;

  ChangeFollower(ChangeFeed feed, Changes.Reading reading, ChangeQuery query, Log log) {
    this.feed = feed;
    this.reading = reading;
    this.query = query;
    this.log = log;
  }

  /// The LSN from which on changes are shown.
  public long position() {
    return reading.position();
  }

  /// Shows them; closes what it reads from.
  public void run(Sink sink) {
    try (reading) {
      String why = show(sink);
      if (why != null) {
        List<Reply> end = List.of(END, Reply.of(reading.position()), Reply.bulk(why));
        sink.end(new Reply.Push(end));
      }
    }
  }

  /// Why there is no more to be shown; null if he wants no more.
  private @Nullable String show(Sink sink) {
    try {
      while (true) {
        long from = reading.position();
        ChangeList list = read(from + ChangeFeed.LOOK_MAX);
        String refusal = sink.refusal();
        if (refusal != null) {
          return refusal;
        }
        boolean shows = !list.isEmpty() || reading.position() >= from + ChangeFeed.LOOK_MAX;
        boolean goesOn = shows ? sink.push(push(list)) : sink.await(this::hasMore);
        if (!goesOn) {
          return null;
        }
      }
    } catch (TrimmedException gone) {
      return feed.trimmed();
    } catch (DamagedLogException | IOException failure) {
      LOG.error("Changes cannot be read: {}", failure.getMessage());
      return "ERR the history cannot be read: " + failure.getMessage();
    }
  }

  private boolean hasMore() {
    return log.durable() > reading.position();
  }

  private ChangeList read(long limit) throws IOException {
    ChangeList list = new ChangeList(query, SIZE_MAX);
    while (!list.isFull() && reading.position() < limit && reading.next()) {
      list.add(reading);
    }
    return list;
  }

  private Reply.Push push(ChangeList list) {
    return new Reply.Push(List.of(CHANGES, Reply.of(reading.position()), list.changes()));
  }
}
