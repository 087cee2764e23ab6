package io.karst.server.net;

import io.karst.server.config.Machine;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.NettyRuntime;

/// Where direct buffers come from: one small pool, because nothing but long replies is kept in
/// buffers for long.
final class Buffers {
  /// Netty's bound of all direct buffers, which would be the size of the Java heap.
  private static final String DIRECT_MAX = "io.netty.maxDirectMemory";

  static {
    if (System.getProperty(DIRECT_MAX) == null) {
      System.setProperty(DIRECT_MAX, Long.toString(Long.MAX_VALUE));
    }
  }

  /// With more bytes than this in direct buffers no reply becomes longer: it is answered with an
  /// error instead, so that short ones, and requests, still have room.
  static final long REPLIES_MAX = Machine.current().memoryBytes() / 2;

  private static final int PAGE_SIZE = 8 << 10;

  /// Chunks of 1 MiB: what an idle loop keeps.
  private static final int CHUNK_ORDER = 7;

  private static final int SMALL_CACHED = 64;
  private static final int NORMAL_CACHED = 8;

  static final PooledByteBufAllocator POOL =
      new PooledByteBufAllocator(
          true,
          0,
          Math.max(1, NettyRuntime.availableProcessors()),
          PAGE_SIZE,
          CHUNK_ORDER,
          SMALL_CACHED,
          NORMAL_CACHED,
          false);

  private Buffers() {}
}
