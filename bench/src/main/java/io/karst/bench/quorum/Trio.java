package io.karst.bench.quorum;

import java.io.IOException;

/// Three nodes that hold the same.
interface Trio extends AutoCloseable {
  /// What a client may ask for.
  enum Request {
    /// Written to a majority, or as near to that as there is.
    WRITE,
    /// A read that sees everything that was acknowledged before.
    READ,
    /// A read from a node that only follows.
    STALE_READ
  }

  /// The name for people.
  String title();

  /// Whether it can do that.
  boolean offers(Request request);

  /// A client that asks for this again and again.
  Talker talker(Request request, Keys keys) throws IOException;

  @Override
  void close();
}
