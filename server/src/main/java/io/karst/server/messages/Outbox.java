package io.karst.server.messages;

/// Where messages are left for the connections of one event loop, which delivers them in that
/// order. Thread-safe; nothing here blocks.
public interface Outbox {
  /// Of those who are not connected.
  Outbox NOWHERE =
      new Outbox() {
        @Override
        public void post(Mail mail) {}

        @Override
        public void grew(int bytes) {}
      };

  void post(Mail mail);

  /// Something that was posted has grown by so many bytes.
  void grew(int bytes);
}
