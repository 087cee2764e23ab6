package io.karst.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/// The operating system's side of a thread.
///
/// Source: `setpriority`. POSIX means a process by it, Linux a thread, and Linux alone is asked.
public final class OsThread {
  private static final int PRIO_PROCESS = 0;
  private static final int SELF = 0;

  /// A third of the weight of an ordinary thread: what is patient must not starve, either.
  private static final int NICE = 5;

  private static final MethodHandle SET_PRIORITY =
      OsMemory.function("setpriority", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);

  private OsThread() {}

  /// From now on the calling thread has what others leave when there are not cores enough for all,
  /// but for a small share. Where the system does not let it, nothing changes.
  public static void stepBack() {
    if (!OsMemory.LINUX) {
      return;
    }
    try {
      int _ = (int) SET_PRIORITY.invokeExact(PRIO_PROCESS, SELF, NICE);
    } catch (Throwable e) {
      throw OsMemory.impossible(e);
    }
  }
}
