package io.karst.server.http;

/// What a path answers to GET.
///
/// - `open`: whether anybody may see it, also where users have passwords.
record Page(boolean open, Source source) {
  /// Makes the answer, anew for each request. Runs on the event loop of the port.
  @FunctionalInterface
  interface Source {
    Answer answer();
  }
}
