package io.karst.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// A function `void f(void *object, size_t size)` of a native library that this process has loaded,
/// for what a library's Java classes leave out. Thread-safe, as far as the function is.
public final class NativeFunction {
  private final MethodHandle function;

  private NativeFunction(MethodHandle function) {
    this.function = function;
  }

  /// The function of that name; null if no library has it.
  public static @Nullable NativeFunction find(String name) {
    return SymbolLookup.loaderLookup()
        .find(name)
        .map(symbol ->
            new NativeFunction(
                Linker.nativeLinker()
                    .downcallHandle(symbol, FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG))))
        .orElse(null);
  }

  /// Calls it.
  ///
  /// - `object`: the address of what the function expects; the caller keeps it alive.
  public void call(long object, long size) {
    try {
      function.invokeExact(object, size);
    } catch (Throwable e) {
      throw new AssertionError("a native function does not throw", e);
    }
  }
}
