package io.karst.server.net;

import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Piece;
import io.karst.server.session.Seen;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Pieces that are sent to one client without having been asked for, when it has room. Thread: its
/// event loop's, but for [#piece].
final class Outflow {
  private static final int PIECE_SIZE = 16 << 10;

  /// One that somebody writes, and then this sends.
  private final class Next implements Piece {
    final Output output = new Output(PIECE_SIZE);
    BooleanSupplier wanted = () -> false;
    Runnable then = () -> {};

    @Override
    public ReplyBuffer out() {
      return output.replies();
    }

    @Override
    public void discard() {
      output.discard();
    }

    @Override
    public void send(BooleanSupplier asked, Runnable whenSent) {
      wanted = asked;
      then = whenSent;
      try {
        worker.loop().execute(() -> offer(this));
      } catch (RejectedExecutionException atTheEnd) {
        output.discard(); // The server ends: its loops and connections are gone.
      }
    }
  }

  private final Connection connection;
  private final Worker worker;

  /// The one that waits for room.
  private @Nullable Next waiting;

  Outflow(Connection connection, Worker worker) {
    this.connection = connection;
    this.worker = worker;
  }

  Piece piece() {
    return new Next();
  }

  private void offer(Next piece) {
    Next before = waiting;
    waiting = piece;
    if (before != null) {
      drop(before); // Of somebody who has been told to stop.
    }
    goOn();
  }

  /// Sends what waits, if the client has room.
  void goOn() {
    Next piece = waiting;
    if (piece == null || (connection.isHeard() && !connection.hasRoom())) {
      return;
    }
    waiting = null;
    if (!connection.isHeard() || !piece.wanted.getAsBoolean()) {
      drop(piece);
      return;
    }
    Seen seen = worker.messageSeen();
    seen.clear(); // It tells of what is durable only.
    connection.flush(piece.output, seen);
    piece.then.run();
  }

  /// The connection is gone.
  void close() {
    Next piece = waiting;
    waiting = null;
    if (piece != null) {
      drop(piece);
    }
  }

  private static void drop(Next piece) {
    piece.output.discard();
    piece.then.run();
  }
}
