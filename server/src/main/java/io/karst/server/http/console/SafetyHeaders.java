package io.karst.server.http.console;

import io.netty.handler.codec.http.HttpHeaders;

/// What a browser is told about every answer: to run and to load nothing but this server's own
/// files, and to show the page in nobody's frame.
final class SafetyHeaders {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private SafetyHeaders() {}

  static void add(HttpHeaders headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }
}
