package io.karst.server.net;

import io.karst.server.messages.Subscriber;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.RequestDecoder;
import io.karst.server.session.Link;
import io.karst.server.session.Piece;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A socket with what has been read from it and not been used: what [Connection] works on, and
/// what others may see of it.
///
/// The input is the event loop's; sizes that other threads ask for may be a moment old.
final class ChannelLink implements Link {
  final Channel channel;
  final RequestDecoder decoder = new RequestDecoder(0, false);
  final PendingInput pending = new PendingInput();

  /// The number of the event loop; set by whoever accepts it.
  int thread;

  /// Bytes of replies that wait for the log, or for the client. Written by the event loop.
  volatile long held;

  /// Bytes of replies that are being made elsewhere. Written by whoever makes them.
  volatile long made;

  /// The room for the reply to a blocked command, in bytes; a longer one is cut into pieces.
  private static final int LATER_REPLY_SIZE = 4 << 10;

  /// Looks after the blocked command, on the event loop; set by the connection.
  Runnable woken = () -> {};

  /// The connection to those who send messages; set by it.
  Subscriber subscriber = Subscriber.NOBODY;

  /// Makes what the client is sent without having asked; set by the connection.
  Supplier<Piece> pieces =
      () -> {
        throw new IllegalStateException("there is no connection yet");
      };

  private final Door door;
  private @Nullable Output later;

  /// - `door`: where it came in.
  ChannelLink(Channel channel, Door door) {
    this.channel = channel;
    this.door = door;
  }

  @Override
  public ReplyBuffer laterReply() {
    Output output = new Output(LATER_REPLY_SIZE);
    later = output;
    return output.replies();
  }

  /// What was written to [#laterReply], null if nothing was; it is the caller's then. On the event
  /// loop, once the blocked command is answered.
  @Nullable Output takeLater() {
    Output output = later;
    later = null;
    return output;
  }

  @Override
  public Piece piece() {
    return pieces.get();
  }

  @Override
  public void wake() {
    try {
      channel.eventLoop().execute(woken);
    } catch (RejectedExecutionException atTheEnd) {
      // The server ends: its loops and connections are gone.
    }
  }

  @Override
  public int thread() {
    return thread;
  }

  @Override
  public Subscriber subscriber() {
    return subscriber;
  }

  @Override
  public void close() {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (door.kind() == Door.Kind.TLS && first != null && outputBufferSize() > 0) {
      var _ = first.close(); // Behind the handler that would say goodbye, after what waits.
    } else {
      var _ = channel.close();
    }
  }

  @Override
  public String remoteAddress() {
    return isLocal() ? door.address() + ":0" : Addresses.text(channel.remoteAddress());
  }

  @Override
  public String localAddress() {
    return isLocal() ? door.address() + ":0" : Addresses.text(channel.localAddress());
  }

  @Override
  public boolean isLocal() {
    return door.kind() == Door.Kind.UNIX;
  }

  @Override
  public boolean isInner() {
    return door.kind() == Door.Kind.INNER;
  }

  @Override
  public long queryBufferSize() {
    return pending.size() + decoder.held();
  }

  @Override
  public long queryBufferCapacity() {
    return pending.capacity() + decoder.held();
  }

  @Override
  public long outputBufferSize() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return held + made + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }
}
