package io.karst.server.insight;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the operating system says this process uses. From `/proc` where there is one; elsewhere
/// what the JVM knows.
public final class ProcessUsage {
  /// Linux counts the time of processes in hundredths of a second, whatever its timer does.
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  private ProcessUsage() {}

  /// Seconds of processor time, in the program and in the kernel.
  public record ProcessorTime(double userSeconds, double systemSeconds) {}

  /// Resident memory in bytes, 0 if the system does not tell.
  public static long residentBytes() {
    for (String line : read(Path.of("/proc/self/status")).lines().toList()) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  public static ProcessorTime processorTime() {
    String stat = read(Path.of("/proc/self/stat"));
    if (stat.isEmpty()) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new ProcessorTime(system.getProcessCpuTime() / 1e9, 0);
    }
    // The second field, the name in parentheses, may hold blanks: what counts comes after it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessorTime(
        Long.parseLong(fields[UTIME]) / TICKS_PER_SECOND,
        Long.parseLong(fields[STIME]) / TICKS_PER_SECOND);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException absent) {
      return "";
    }
  }
}
