package io.karst.server.messages;

/// Where messages are left for the connections of one event loop, which delivers them in that
/// order. Thread-safe; nothing here blocks.
public interface Outbox {
  void post(Post post);
}
