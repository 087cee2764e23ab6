package io.karst.bench.torture;

/// How a server is brought to its end.
enum Ending {
  KILL("killed under load"),
  KILL_IN_CHECKPOINT("killed in a checkpoint"),
  KILL_AT_END("killed while it ended"),
  TERMINATE("told to end");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /// Whether the server may lose nothing that it has answered, whatever was promised.
  boolean graceful() {
    return this == TERMINATE;
  }
}
