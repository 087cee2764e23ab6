package io.karst.bench.harness;

import java.util.List;

/// A process together with those it has forked: what a server takes that works in children, too.
///
/// - `pid`: of the process; it has to be alive.
public record ProcessTree(long pid) {
  /// Processor time so far, in microseconds, of children that have ended, too.
  public long cpuMicros() {
    String stat = ProcessFigures.read(pid, "stat");
    long sum = ProcessFigures.cpuMicros(stat) + ProcessFigures.childrenCpuMicros(stat);
    for (long child : children()) {
      sum += ProcessFigures.cpuMicrosIfAlive(child);
    }
    return sum;
  }

  /// The memory they occupy, in bytes; what parent and child share counts once. To find that out
  /// takes milliseconds.
  public long residentBytes() {
    long sum = ProcessFigures.proportionalBytes(pid);
    for (long child : children()) {
      sum += ProcessFigures.proportionalBytes(child);
    }
    return sum;
  }

  private List<Long> children() {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }
}
