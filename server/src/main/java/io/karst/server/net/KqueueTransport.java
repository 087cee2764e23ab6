package io.karst.server.net;

import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The BSDs' and macOS's kqueue.
final class KqueueTransport {
  private KqueueTransport() {}

  static @Nullable Throwable whyNot() {
    return KQueue.unavailabilityCause();
  }

  static Transport make() {
    return new Transport(
        "kqueue",
        KQueueIoHandler::newFactory,
        KQueueServerSocketChannel.class,
        true,
        NioTransport::keepAlive,
        Map.of(),
        new Transport.Local(KQueueServerDomainSocketChannel.class, DomainSocketAddress::new, true));
  }
}
