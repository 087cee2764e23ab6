package io.karst.server.session;

import io.karst.server.messages.Subscriber;
import io.karst.server.resp.ReplyBuffer;

/// What a session needs of its connection. Thread-safe; nothing here blocks.
public interface Link {
  /// The peer as `address:port`, IPv6 addresses in brackets.
  String remoteAddress();

  /// The server's end as `address:port`.
  String localAddress();

  /// Whether it came by the socket in the file system; its addresses are `path:0` then.
  boolean isLocal();

  /// Whether it comes from within the process, where whoever opened it has let its client in.
  default boolean isInner() {
    return false;
  }

  /// Bytes read that no command has taken yet.
  long queryBufferSize();

  /// Bytes of room in the buffer those stand in.
  long queryBufferCapacity();

  /// Bytes of replies that the client has not taken yet.
  long outputBufferSize();

  /// Where the reply to the command that the connection is blocked in is written. For whoever
  /// serves that command, any thread.
  ReplyBuffer laterReply();

  /// Something to be sent that the client has not asked for. Any thread but an event loop's.
  Piece piece();

  /// Lets the connection look soon whether the command that it is blocked in is answered. Any
  /// thread; not before the caller has returned.
  void wake();

  /// Which event loop it is on, from 0.
  default int thread() {
    return 0;
  }

  /// The connection as those see it who send messages.
  Subscriber subscriber();

  /// Closes the connection now; what was not yet written is lost.
  void close();
}
