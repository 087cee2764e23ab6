package io.karst.server.http;

import io.karst.base.Fault;
import io.karst.server.session.Server;
import org.jspecify.annotations.Nullable;

/// Whether the server lives, and whether it is to be sent clients.
///
/// Thread-safe.
final class Health {
  private volatile @Nullable Server server;

  /// The server has its data, and listens.
  void serves(Server started) {
    server = started;
  }

  Answer live() {
    return Answer.health(true, "live");
  }

  /// Not before that, nor while the disk takes no writes, nor once the end has begun.
  Answer ready() {
    Server started = server;
    if (started == null) {
      return Answer.health(false, "loading");
    }
    if (started.isEnding()) {
      return Answer.health(false, "ending");
    }
    Fault.ReadOnly readOnly = started.engine().log().failure();
    if (readOnly != null) {
      return Answer.health(false, "read-only: " + readOnly.getMessage());
    }
    return Answer.health(true, "ready");
  }
}
