package io.karst.server.http;

import io.karst.base.Bytes;
import io.karst.server.http.console.Credentials;
import io.karst.server.session.Server;
import org.jspecify.annotations.Nullable;

/// Who may see pages that are not open to all: the one place to ask. Where users have passwords it
/// is HTTP's basic authentication, with the names and passwords that `AUTH` takes.
final class Entrance {
  private Entrance() {}

  /// - `authorization`: the header of that name; null if there is none.
  static boolean admits(Server server, @Nullable String authorization) {
    if (!server.needsPassword()) {
      return true;
    }
    Credentials sent = Credentials.of(authorization);
    return sent != null
        && server
                .access()
                .users()
                .authenticate(Bytes.utf8(sent.user()), Bytes.utf8(sent.password()))
            != null;
  }
}
