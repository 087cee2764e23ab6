package io.karst.server.http;

/// What a request is answered with.
///
/// - `status`: as 200.
/// - `type`: the content type.
record Answer(int status, String type, String body) {
  static final String TEXT = "text/plain; charset=utf-8";
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  static Answer text(int status, String body) {
    return new Answer(status, TEXT, body + "\n");
  }

  /// For those who only look at the status.
  static Answer health(boolean good, String body) {
    return text(good ? OK : UNAVAILABLE, body);
  }
}
