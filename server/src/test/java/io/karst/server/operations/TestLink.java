package io.karst.server.operations;

import io.karst.server.messages.Subscriber;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Link;
import io.karst.server.session.Piece;

/// The connection of a session that has none.
record TestLink(int port) implements Link {
  @Override
  public String remoteAddress() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String localAddress() {
    return "127.0.0.1:6379";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public long queryBufferSize() {
    return 3;
  }

  @Override
  public long queryBufferCapacity() {
    return 10;
  }

  @Override
  public long outputBufferSize() {
    return 7;
  }

  @Override
  public ReplyBuffer laterReply() {
    return new ReplyBuffer(1 << 10, ReplyBuffer.Sink.NOWHERE);
  }

  @Override
  public Piece piece() {
    throw new IllegalStateException("nothing is sent here that nobody asks for");
  }

  @Override
  public void wake() {}

  @Override
  public Subscriber subscriber() {
    return Subscriber.NOBODY;
  }

  @Override
  public void close() {}
}
