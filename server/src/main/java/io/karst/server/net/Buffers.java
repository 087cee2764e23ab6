package io.karst.server.net;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.NettyRuntime;

/// Where direct buffers come from: one small pool, because nothing is kept in buffers for long.
final class Buffers {
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
