package io.karst.server.session;

import io.karst.server.resp.ReplyBuffer;
import java.util.function.BooleanSupplier;

/// What a client is sent that it has not asked for, made elsewhere than on its event loop, and kept
/// until the client has room: there is one a connection at a time. Thread: whoever makes it.
public interface Piece {
  /// Where it is written.
  ReplyBuffer out();

  /// Sends it behind the reply to the command that runs, as soon as the client has room. Nothing
  /// more is written to it.
  ///
  /// - `wanted`: asked by the event loop right before.
  /// - `then`: called by the event loop, once, when it is on its way, or dropped as it is not
  ///   wanted or the client has gone; not if the server ends.
  void send(BooleanSupplier wanted, Runnable then);

  /// Is not going to be sent.
  void discard();
}
