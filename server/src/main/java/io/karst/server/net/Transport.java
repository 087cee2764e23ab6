package io.karst.server.net;

import io.karst.server.config.TransportChoice;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How sockets are driven.
///
/// - `lendsInput`: whether a socket is read when it has something, into a buffer that its loop
///   lends it; otherwise the transport brings buffers of its own.
/// - `options`: for accepted TCP sockets that are not encrypted.
/// - `local`: sockets in the file system.
record Transport(
    String name,
    Supplier<IoHandlerFactory> handlers,
    Class<? extends ServerChannel> serverChannel,
    boolean lendsInput,
    KeepAlive keepAlive,
    Map<ChannelOption<?>, Object> options,
    Local local) {

  /// Sockets in the file system.
  ///
  /// - `address`: that of a path.
  /// - `halfCloses`: whether a client may say that it sends no more, and still hear the replies.
  record Local(
      Class<? extends ServerChannel> serverChannel,
      Function<String, SocketAddress> address,
      boolean halfCloses) {}

  /// The transport that was asked for.
  ///
  /// - throws [IllegalStateException] with the reason if this machine does not have it.
  static Transport choose(TransportChoice choice) {
    if (choice == TransportChoice.AUTO) {
      for (TransportChoice each :
          List.of(TransportChoice.EPOLL, TransportChoice.IO_URING, TransportChoice.KQUEUE)) {
        if (whyNot(each) == null) {
          return make(each);
        }
      }
      return NioTransport.make();
    }
    Throwable reason = whyNot(choice);
    if (reason != null) {
      throw new IllegalStateException(
          "transport " + choice + " is not available here: " + rootOf(reason), reason);
    }
    return make(choice);
  }

  /// The classes of a transport are only loaded when it is asked for.
  private static Transport make(TransportChoice choice) {
    return switch (choice) {
      case IO_URING -> IoUringTransport.make();
      case EPOLL -> EpollTransport.make();
      case KQUEUE -> KqueueTransport.make();
      case NIO, AUTO -> NioTransport.make();
    };
  }

  private static @Nullable Throwable whyNot(TransportChoice choice) {
    return switch (choice) {
      case IO_URING -> IoUringTransport.whyNot();
      case EPOLL -> EpollTransport.whyNot();
      case KQUEUE -> KqueueTransport.whyNot();
      case NIO, AUTO -> null;
    };
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
