package io.karst.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Linux's epoll.
final class EpollTransport {
  private EpollTransport() {}

  static @Nullable Throwable whyNot() {
    return Epoll.unavailabilityCause();
  }

  static Transport make() {
    return new Transport(
        "epoll",
        WatchfulEpoll::newFactory,
        EpollServerSocketChannel.class,
        true,
        EpollTransport::keepAlive,
        Map.of(),
        new Transport.Local(EpollServerDomainSocketChannel.class, DomainSocketAddress::new, true));
  }

  private static void keepAlive(Channel channel, int idleSeconds) {
    ChannelConfig config = channel.config();
    config.setOption(ChannelOption.SO_KEEPALIVE, true);
    config.setOption(EpollChannelOption.TCP_KEEPIDLE, idleSeconds);
    config.setOption(EpollChannelOption.TCP_KEEPINTVL, KeepAlive.interval(idleSeconds));
    config.setOption(EpollChannelOption.TCP_KEEPCNT, KeepAlive.PROBES);
  }
}
