package io.karst.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads files in the syntax of `redis.conf`: a directive a line, `#` begins a line of comment,
/// `include path` stands for the lines of another file, or of all that match a pattern.
public final class ConfigFile {
  static final String INCLUDE = "include";

  /// Files that include each other in a circle end here.
  private static final int DEPTH_MAX = 16;

  private final List<Setting> settings = new ArrayList<>();

  private ConfigFile() {}

  /// The settings of `file` and of those it includes, in their order.
  ///
  /// - throws [ConfigException] if a file cannot be read or a line cannot be split into words.
  public static List<Setting> read(Path file) {
    ConfigFile reader = new ConfigFile();
    reader.read(file, file.toString(), 0);
    return reader.settings;
  }

  /// As [#read(Path)], of what another process writes.
  static List<Setting> read(InputStream in) {
    ConfigFile reader = new ConfigFile();
    try {
      reader.take(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList(), "stdin", 0);
    } catch (IOException e) {
      throw new ConfigException("stdin: cannot be read: " + e.getMessage());
    }
    return reader.settings;
  }

  /// The settings of the file, or of all files, that an `include` of the command line names.
  static List<Setting> included(Setting setting) {
    ConfigFile reader = new ConfigFile();
    reader.include(setting, 0);
    return reader.settings;
  }

  private void read(Path file, String place, int depth) {
    take(lines(file, place), file.toString(), depth);
  }

  private void take(List<String> lines, String source, int depth) {
    for (int i = 0; i < lines.size(); i++) {
      String at = source + ":" + (i + 1);
      List<String> words = words(lines.get(i), at);
      if (words.isEmpty()) {
        continue;
      }
      Setting setting = new Setting(at, words.getFirst(), words.subList(1, words.size()));
      if (setting.name().toLowerCase(Locale.ROOT).equals(INCLUDE)) {
        include(setting, depth);
      } else {
        settings.add(setting);
      }
    }
  }

  private void include(Setting setting, int depth) {
    if (setting.words().size() != 1) {
      throw setting.wrong("include takes one path");
    }
    if (depth == DEPTH_MAX) {
      throw setting.wrong("files include each other more than " + DEPTH_MAX + " deep");
    }
    String path = setting.words().getFirst();
    if (!PathPattern.isOne(path)) {
      read(Path.of(path), setting.place(), depth + 1);
      return;
    }
    try {
      for (Path file : PathPattern.matches(path)) {
        read(file, setting.place(), depth + 1);
      }
    } catch (IOException e) {
      throw setting.wrong("cannot look for " + path + ": " + e.getMessage());
    }
  }

  /// The words of a line; none of a comment or a blank line.
  static List<String> words(String line, String place) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return List.of();
    }
    try {
      return Words.split(text);
    } catch (BadValueException e) {
      throw new ConfigException(place + ": " + e.why());
    }
  }

  static List<String> lines(Path file, String place) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ConfigException(place + ": there is no file " + file.toAbsolutePath());
    } catch (CharacterCodingException e) {
      throw new ConfigException(place + ": " + file + " is not UTF-8");
    } catch (IOException e) {
      throw new ConfigException(place + ": cannot read " + file + ": " + e.getMessage());
    }
  }
}
