package io.karst.server.info;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;

/// What `DEBUG JMAP` shows: the JVM around the data, a line a thing, in bytes and milliseconds.
public final class JvmReport {
  private JvmReport() {}

  public static String text() {
    StringBuilder text = new StringBuilder();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      text.append("pool ").append(pool.getName());
      text.append(": used=").append(pool.getUsage().getUsed());
      text.append(" committed=").append(pool.getUsage().getCommitted());
      text.append(" max=").append(pool.getUsage().getMax()).append('\n');
    }
    for (var buffers : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      text.append("buffers ").append(buffers.getName());
      text.append(": count=").append(buffers.getCount());
      text.append(" used=").append(buffers.getMemoryUsed()).append('\n');
    }
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      text.append("collector ").append(collector.getName());
      text.append(": count=").append(collector.getCollectionCount());
      text.append(" millis=").append(collector.getCollectionTime()).append('\n');
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    text.append("threads: platform=").append(threads.getThreadCount());
    text.append(" peak=").append(threads.getPeakThreadCount()).append('\n');
    return text.toString();
  }
}
