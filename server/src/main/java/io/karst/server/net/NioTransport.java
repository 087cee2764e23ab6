package io.karst.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.util.Map;

/// The JDK's selector: everywhere.
final class NioTransport {
  private NioTransport() {}

  static Transport make() {
    return new Transport(
        "nio",
        NioIoHandler::newFactory,
        NioServerSocketChannel.class,
        true,
        NioTransport::keepAlive,
        Map.of(),
        new Transport.Local(
            NioServerDomainSocketChannel.class, UnixDomainSocketAddress::of, false));
  }

  /// Switches it on; when the kernel asks is the kernel's affair here.
  static void keepAlive(Channel channel, int idleSeconds) {
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
  }
}
