package io.karst.server.http;

import io.karst.base.Bytes;
import io.karst.server.operations.connection.Authentication;
import io.karst.server.session.Server;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who may see pages that are not open to all: the one place to ask. Where users have passwords it
/// is HTTP's basic authentication, with the names and passwords that `AUTH` takes.
final class Entrance {
  private static final String BASIC = "basic ";

  private Entrance() {}

  /// - `authorization`: the header of that name; null if there is none.
  static boolean admits(Server server, @Nullable String authorization) {
    if (!server.needsPassword()) {
      return true;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return false;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
    } catch (IllegalArgumentException broken) {
      return false;
    }
    String pair = new String(decoded, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    return colon >= 0
        && Authentication.isRight(
            server, Bytes.utf8(pair.substring(0, colon)), Bytes.utf8(pair.substring(colon + 1)));
  }
}
