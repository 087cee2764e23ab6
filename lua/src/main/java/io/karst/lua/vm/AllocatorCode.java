package io.karst.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;

/// The counting allocator as machine code, for Linux on x86-64.
///
/// A function of type `lua_Alloc`: `data` points to three words, the bytes in use, the limit, and
/// the allocator that does the work. In the calling
/// convention of System V, which has the arguments (data, block, before, after) in `rdi`, `rsi`,
/// `rdx`, `rcx`:
///
/// ```
///   48 89 c8     mov  rax, rcx
///   48 29 d0     sub  rax, rdx          ; by how much it grows
///   48 03 07     add  rax, [rdi]        ; what is in use then
///   48 39 d1     cmp  rcx, rdx
///   76 06        jbe  take              ; less is never refused
///   48 3b 47 08  cmp  rax, [rdi + 8]
///   77 06        ja   refuse
/// take:
///   48 89 07     mov  [rdi], rax
///   ff 67 10     jmp  [rdi + 16]
/// refuse:
///   31 c0        xor  eax, eax
///   c3           ret
/// ```
final class AllocatorCode {
  /// Offsets within `data`.
  static final long USED = 0;

  static final long LIMIT = 8;
  static final long NEXT = 16;

  private static final byte[] CODE =
      HexFormat.of()
          .parseHex(
              "4889c8"
                  + "4829d0"
                  + "480307"
                  + "4839d1"
                  + "7606"
                  + "483b4708"
                  + "7706"
                  + "488907"
                  + "ff6710"
                  + "31c0"
                  + "c3");

  private static final long PAGE = 4096;
  private static final int READ_WRITE = 1 | 2;
  private static final int READ_EXECUTE = 1 | 4;
  private static final int PRIVATE_ANONYMOUS = 0x02 | 0x20;
  private static final long FAILED = -1;

  /// Where it is; 0 if there is none: on another platform, or where no memory may become code.
  static final long ADDRESS = isHere() ? place() : 0;

  private AllocatorCode() {}

  private static boolean isHere() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /// Writes the code into a page of its own, which is never writable and executable at once.
  private static long place() {
    try {
      MethodHandle map =
          libc(
              "mmap",
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
      MethodHandle protect =
          libc("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
      long page = (long) map.invokeExact(0L, PAGE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
      if (page == FAILED) {
        return 0;
      }
      MemorySegment.copy(CODE, 0, LuaLinker.MEMORY, JAVA_BYTE, page, CODE.length);
      return (int) protect.invokeExact(page, PAGE, READ_EXECUTE) == 0 ? page : 0;
    } catch (Throwable e) {
      throw LuaLinker.failed(e);
    }
  }

  private static MethodHandle libc(String symbol, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(symbol), type);
  }
}
