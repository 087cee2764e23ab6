package io.karst.server.http.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A user and a password, as HTTP's basic authentication has them.
public record Credentials(String user, String password) {
  private static final String BASIC = "basic ";

  /// Those of a header; null if there are none in it.
  public static @Nullable Credentials of(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? null
          : new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }

  /// Without the password, which belongs in no log.
  @Override
  public String toString() {
    return user;
  }
}
