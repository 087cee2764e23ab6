package io.karst.server.net;

import io.karst.server.resp.RequestDecoder;
import io.karst.server.session.Link;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/// A socket with what has been read from it and not been used: what [Connection] works on, and
/// what others may see of it.
///
/// The input is the event loop's; sizes that other threads ask for may be a moment old.
final class ChannelLink implements Link {
  final Channel channel;
  final RequestDecoder decoder = new RequestDecoder(0, false);
  final PendingInput pending = new PendingInput();

  /// Bytes of replies that wait for the log. Written by the event loop.
  volatile long held;

  ChannelLink(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void close() {
    var _ = channel.close();
  }

  @Override
  public String remoteAddress() {
    return Addresses.text(channel.remoteAddress());
  }

  @Override
  public String localAddress() {
    return Addresses.text(channel.localAddress());
  }

  @Override
  public long queryBufferSize() {
    return pending.size() + decoder.held();
  }

  @Override
  public long queryBufferCapacity() {
    return pending.capacity();
  }

  @Override
  public long outputBufferSize() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return held + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }
}
