package io.karst.lua.vm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The shared library, out of the jar of its natives.
final class NativeLua {
  private NativeLua() {}

  /// Loads the library of this platform for the life of the process.
  static SymbolLookup load() {
    String name = fileName(System.getProperty("os.name"), System.getProperty("os.arch"));
    try (InputStream in = NativeLua.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new UnsatisfiedLinkError("no " + name + " for Lua among the resources");
      }
      Path file = Files.createTempFile("karst-", "-" + name);
      try {
        Files.write(file, in.readAllBytes());
        return SymbolLookup.libraryLookup(file, Arena.global());
      } finally {
        // It stays mapped.
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw (UnsatisfiedLinkError) new UnsatisfiedLinkError("Lua: " + e.getMessage()).initCause(e);
    }
  }

  static String fileName(String system, String architecture) {
    String os = system.toLowerCase(Locale.ROOT);
    boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
    if (os.contains("mac")) {
      return arm ? "liblua51arm64.dylib" : "liblua5164.dylib";
    }
    return arm ? "liblua51arm64.so" : "liblua5164.so";
  }
}
