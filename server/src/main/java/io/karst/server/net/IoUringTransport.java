package io.karst.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Linux's io_uring, with one ring of input buffers a loop, so that an idle connection holds none.
final class IoUringTransport {
  private static final short BUFFER_GROUP = 1;

  /// Input buffers a loop: those of sockets that were read and not yet handled.
  private static final short BUFFERS = 16;

  /// Off: a read that the kernel repeats by itself goes on for megabytes after the connection has
  /// asked for no more, and is no faster for pipelines.
  private static final String MULTISHOT = "io.netty.iouring.recvMultiShotEnabled";

  static {
    // Before the first use of Netty's classes for io_uring, which read it once.
    if (System.getProperty(MULTISHOT) == null) {
      System.setProperty(MULTISHOT, "false");
    }
  }

  private IoUringTransport() {}

  static @Nullable Throwable whyNot() {
    return IoUring.unavailabilityCause();
  }

  static Transport make() {
    Map<ChannelOption<?>, Object> options = new HashMap<>();
    if (IoUring.isRegisterBufferRingSupported()) {
      options.put(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
    }
    return new Transport(
        "io_uring",
        IoUringTransport::handlers,
        IoUringServerSocketChannel.class,
        !IoUring.isRegisterBufferRingSupported(),
        IoUringTransport::keepAlive,
        options,
        new Transport.Local(
            IoUringServerDomainSocketChannel.class, DomainSocketAddress::new, true));
  }

  private static IoHandlerFactory handlers() {
    IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
    if (IoUring.isRegisterBufferRingSupported()) {
      config.setBufferRingConfig(
          IoUringBufferRingConfig.builder()
              .bufferGroupId(BUFFER_GROUP)
              .bufferRingSize(BUFFERS)
              .batchSize(BUFFERS)
              .incremental(false)
              .allocator(new IoUringFixedBufferRingAllocator(Buffers.POOL, Worker.INPUT_SIZE))
              .build());
    }
    return IoUringIoHandler.newFactory(config);
  }

  private static void keepAlive(Channel channel, int idleSeconds) {
    ChannelConfig config = channel.config();
    config.setOption(ChannelOption.SO_KEEPALIVE, true);
    config.setOption(IoUringChannelOption.TCP_KEEPIDLE, idleSeconds);
    config.setOption(IoUringChannelOption.TCP_KEEPINTVL, KeepAlive.interval(idleSeconds));
    config.setOption(IoUringChannelOption.TCP_KEEPCNT, KeepAlive.PROBES);
  }
}
