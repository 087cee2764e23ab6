package io.karst.server.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// What the process runs on. Inside a container its limits count, not the machine's.
///
/// Immutable.
public final class Machine {
  /// What the JVM takes beside its heap and the data: code, metadata, thread stacks, buffers.
  private static final long OVERHEAD = 128L << 20;

  private static final long SHARE_MIN = 64L << 20;

  private static final class Holder {
    static final Machine INSTANCE = new Machine(physicalMemory(), Runtime.getRuntime().maxMemory());

    private static long physicalMemory() {
      return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getTotalMemorySize();
    }
  }

  private final long memory;
  private final long heapMax;

  Machine(long memory, long heapMax) {
    this.memory = memory;
    this.heapMax = heapMax;
  }

  /// The one this process runs on.
  public static Machine current() {
    return Holder.INSTANCE;
  }

  /// The memory of the machine, or the limit of its control group if that is smaller.
  public long memoryBytes() {
    return memory;
  }

  /// What the data may take so that the process survives: 80 % of what the heap and the JVM leave.
  public long safeShareBytes() {
    return Math.max(SHARE_MIN, (memory - heapMax - OVERHEAD) / 10 * 8);
  }

  /// The processors this process may use.
  public static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }
}
