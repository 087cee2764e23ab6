package io.karst.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// The operating system's memory: anonymous private mappings.
///
/// A fresh mapping is zero and costs address space only; a page becomes resident when it is first
/// touched. Neighbouring mappings have the same attributes, so the kernel merges them and stays
/// far below its limit on their number. Thread-safe.
///
/// Source: POSIX `mmap`; the constants are those of Linux and macOS.
final class OsMemory {
  /// The unit of residence, in bytes.
  static final long PAGE_SIZE;

  static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE = 2;
  private static final int MAP_ANONYMOUS = LINUX ? 0x20 : 0x1000;
  private static final int MAP_NORESERVE = LINUX ? 0x4000 : 0x40;
  private static final int FLAGS = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  private static final long MAP_FAILED = -1;

  /// Linux: the pages are gone at once (`MADV_DONTNEED`); macOS: when needed (`MADV_FREE`).
  private static final int MADV_DISCARD = LINUX ? 4 : 5;

  /// Linux only.
  private static final int MADV_HUGEPAGE = 14;

  private static final int SC_PAGESIZE = LINUX ? 30 : 29;

  private static final MethodHandle MMAP =
      function("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle MADVISE =
      function("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

  static {
    try {
      PAGE_SIZE = (long) function("sysconf", JAVA_LONG, JAVA_INT).invokeExact(SC_PAGESIZE);
    } catch (Throwable e) {
      throw impossible(e);
    }
    Invariant.check(Long.bitCount(PAGE_SIZE) == 1, "the page size is a power of two");
  }

  private OsMemory() {}

  static long roundToPage(long size) {
    return (size + PAGE_SIZE - 1) & -PAGE_SIZE;
  }

  /// Maps `size` bytes of zeroes, a multiple of the page size, at an address of the system's
  /// choice.
  ///
  /// - throws [Fault.OutOfMemory] if the system refuses.
  static long map(long size) {
    long address;
    try {
      address = (long) MMAP.invokeExact(0L, size, PROT_READ_WRITE, FLAGS, -1, 0L);
    } catch (Throwable e) {
      throw impossible(e);
    }
    if (address == MAP_FAILED) {
      throw new Fault.OutOfMemory(size, "the operating system refuses " + size + " bytes");
    }
    return address;
  }

  /// As [#map], at a multiple of `size`, which is a power of two.
  static long mapAligned(long size) {
    long address = map(size);
    if ((address & (size - 1)) == 0) {
      return address;
    }
    unmap(address, size);
    long wide = map(2 * size);
    long aligned = (wide + size - 1) & -size;
    unmap(wide, aligned - wide);
    unmap(aligned + size, wide + size - aligned);
    return aligned;
  }

  /// Gives a range of pages back, address space and all.
  ///
  /// The kernel may refuse to cut a mapping in two; then the memory still goes back, and the
  /// address space stays taken and unused.
  static void unmap(long address, long size) {
    if (size == 0) {
      return;
    }
    int result;
    try {
      result = (int) MUNMAP.invokeExact(address, size);
    } catch (Throwable e) {
      throw impossible(e);
    }
    if (result != 0) {
      discard(address, size);
    }
  }

  /// Gives the memory of a range of pages back and keeps the address space; the content is lost.
  static void discard(long address, long size) {
    if (size == 0) {
      return;
    }
    int result = advise(address, size, MADV_DISCARD);
    Invariant.check(result == 0, "madvise refuses a range of our own");
  }

  /// Asks for one large page behind an aligned range; where there is none, nothing changes.
  static void adviseHugePage(long address, long size) {
    if (LINUX) {
      advise(address, size, MADV_HUGEPAGE);
    }
  }

  private static int advise(long address, long size, int advice) {
    try {
      return (int) MADVISE.invokeExact(address, size, advice);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /// A function of the C library.
  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  static Error impossible(Throwable e) {
    return new LinkageError("a call of the operating system threw", e);
  }
}
