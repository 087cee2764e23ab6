package io.karst.bench.quorum;

import java.io.IOException;

/// One client with a connection of its own.
///
/// Thread: its owner's.
interface Talker extends AutoCloseable {
  /// Sends a request and waits for its answer.
  ///
  /// - throws [IOException] if the connection ends, or the answer is an error.
  void talk() throws IOException;

  @Override
  void close() throws IOException;

  /// Makes a client.
  @FunctionalInterface
  interface Source {
    Talker next() throws IOException;
  }
}
