package io.karst.server.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A path in which `*`, `?` and `[...]` stand for parts of names, as a shell knows it: they match
/// no `/`, and no dot at the beginning of a name.
final class PathPattern {
  private PathPattern() {}

  static boolean isOne(String path) {
    return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /// What is there and matches, in the order of names.
  static List<Path> matches(String pattern) throws IOException {
    Path path = Path.of(pattern);
    List<Path> found = new ArrayList<>();
    found.add(path.isAbsolute() ? path.getRoot() : Path.of(""));
    for (Path name : path) {
      List<Path> deeper = new ArrayList<>();
      for (Path base : found) {
        if (isOne(name.toString())) {
          deeper.addAll(named(base, name.toString()));
        } else if (Files.exists(base.resolve(name))) {
          deeper.add(base.resolve(name));
        }
      }
      found = deeper;
    }
    return found;
  }

  private static List<Path> named(Path base, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(base)) {
      return found;
    }
    String literal = pattern.replace("\\", "\\\\").replace("{", "\\{");
    try (DirectoryStream<Path> names = Files.newDirectoryStream(base, literal)) {
      for (Path each : names) {
        Path name = each.getFileName();
        if (name != null && (pattern.startsWith(".") || !name.toString().startsWith("."))) {
          found.add(base.resolve(name));
        }
      }
    }
    found.sort(null);
    return found;
  }
}
