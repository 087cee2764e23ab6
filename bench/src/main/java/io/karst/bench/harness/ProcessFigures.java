package io.karst.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux says of a process in `/proc`.
///
/// Source: proc(5).
public final class ProcessFigures {
  /// USER_HZ, the unit in which Linux shows times, is 100 everywhere.
  private static final long MICROS_PER_TICK = 10_000;

  /// Of the fields behind the name of the program, the first being the state.
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;
  private static final int CHILDREN_USER_TICKS = 13;
  private static final int CHILDREN_SYSTEM_TICKS = 14;

  private ProcessFigures() {}

  /// Whether this machine has `/proc`.
  public static boolean available() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new HarnessException("cannot read the figures of process " + pid, e);
    }
  }

  /// User and system time from the content of `/proc/PID/stat`.
  static long cpuMicros(String stat) {
    return sumMicros(stat, USER_TICKS, SYSTEM_TICKS);
  }

  /// The processor time of the children of this process that have ended, in microseconds.
  public static long endedChildrenCpuMicros() {
    return childrenCpuMicros(read(ProcessHandle.current().pid(), "stat"));
  }

  /// User and system time of a process, or 0 if it has ended.
  static long cpuMicrosIfAlive(long pid) {
    try {
      return cpuMicros(read(pid, "stat"));
    } catch (HarnessException e) {
      return 0;
    }
  }

  static long childrenCpuMicros(String stat) {
    return sumMicros(stat, CHILDREN_USER_TICKS, CHILDREN_SYSTEM_TICKS);
  }

  private static long sumMicros(String stat, int field1, int field2) {
    // The name stands in parentheses and may contain anything, spaces and parentheses included.
    int nameEnd = stat.lastIndexOf(')');
    String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
    return (Long.parseLong(fields[field1]) + Long.parseLong(fields[field2])) * MICROS_PER_TICK;
  }

  /// The resident set of a process, in bytes.
  ///
  /// - throws [HarnessException] if it has ended.
  public static long residentBytes(long pid) {
    return residentBytes(read(pid, "status"));
  }

  /// The resident set from the content of `/proc/PID/status`.
  static long residentBytes(String status) {
    return bytes("VmRSS:", status);
  }

  /// The resident set of a process, of which pages that others have as well count in parts; 0 if it
  /// has ended.
  static long proportionalBytes(long pid) {
    try {
      return bytes("Pss:", read(pid, "smaps_rollup"));
    } catch (HarnessException e) {
      return 0;
    }
  }

  static long bytes(String field, String content) {
    return content
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow(() -> new HarnessException("no " + field + " in the figures of a process"));
  }
}
