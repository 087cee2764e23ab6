package io.karst.server.http;

import io.karst.base.Fault;
import io.karst.server.session.Server;
import io.karst.server.session.Standing;
import java.util.Locale;
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

  /// Not before that, nor before a member of a cluster leads or follows, nor while the disk takes
  /// no writes, nor once the end has begun.
  Answer ready() {
    Server started = server;
    if (started == null) {
      return Answer.health(false, "loading");
    }
    if (started.isEnding()) {
      return Answer.health(false, "ending");
    }
    Standing standing = started.standing();
    if (standing != null && !standing.open()) {
      return Answer.health(false, standing.state().name().toLowerCase(Locale.ROOT));
    }
    Fault.ReadOnly readOnly = started.engine().log().failure();
    if (readOnly != null && (standing == null || standing.leads())) {
      return Answer.health(false, "read-only: " + readOnly.getMessage());
    }
    return Answer.health(true, "ready");
  }
}
