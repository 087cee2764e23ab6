package io.karst.server.net;

import io.karst.server.config.Machine;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.NettyRuntime;
import io.netty.util.internal.PlatformDependent;

/// Where direct buffers come from: one small pool, because nothing but long replies is kept in
/// buffers for long.
final class Buffers {
  /// With more bytes than this in direct buffers no reply becomes longer: it is answered with an
  /// error instead, so that short ones, and requests, still have room. Half of the machine, or of
  /// what the JVM was told (`-XX:MaxDirectMemorySize`, which the launcher sets; without it, the
  /// size of the heap).
  static final long REPLIES_MAX =
      Math.min(Machine.current().memoryBytes(), PlatformDependent.maxDirectMemory()) / 2;

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
