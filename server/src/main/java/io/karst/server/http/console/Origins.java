package io.karst.server.http.console;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether a request may come from the console's own page, and not from a page of somebody else
/// that is open in the same browser.
///
/// Such a page cannot make a browser leave out where it comes from (`Origin`, `Sec-Fetch-Site`),
/// nor send JSON without asking first. It can let its own name point to this machine (DNS
/// rebinding); then that name is the `Host`. Where there is no password to stop it, only addresses
/// and `localhost` are taken for this server's names.
final class Origins {
  /// Values of `Sec-Fetch-Site`: the console's own page, and somebody at the address bar.
  private static final String SAME = "same-origin";

  private static final String NONE = "none";

  private Origins() {}

  /// Why nothing is answered under the name that a request gives this server; null if something is.
  ///
  /// - `anyName`: whether it may be reached by any name, as a password is needed.
  static @Nullable String refusal(HttpHeaders headers, boolean anyName) {
    String host = headers.get(HttpHeaderNames.HOST);
    if (host == null) {
      return "the request names no Host";
    }
    if (!anyName && !isOwnName(nameOf(host))) {
      return "without a password the console is reached by an address or as localhost, not as "
          + nameOf(host);
    }
    return null;
  }

  /// Whether a page of another site makes the request.
  static boolean isForeign(HttpHeaders headers) {
    String host = headers.get(HttpHeaderNames.HOST);
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    String site = headers.get("Sec-Fetch-Site");
    boolean other =
        origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    return other || (site != null && !site.equals(SAME) && !site.equals(NONE));
  }

  /// The host without its port.
  private static String nameOf(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return port ? host.substring(0, colon) : host;
  }

  private static boolean isOwnName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("localhost") || lower.endsWith(".localhost")) {
      return true;
    }
    if (lower.startsWith("[") && lower.endsWith("]")) {
      return NetUtil.isValidIpV6Address(lower.substring(1, lower.length() - 1));
    }
    return NetUtil.isValidIpV4Address(lower);
  }
}
