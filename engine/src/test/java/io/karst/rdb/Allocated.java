package io.karst.rdb;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What this thread has allocated on the heap so far.
final class Allocated {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {}

  static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
