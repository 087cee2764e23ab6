package io.karst.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `CONFIG REWRITE`: changes a file as little as possible, so that reading it gives the values of
/// now.
///
/// Lines that say what is so already stay as they are, with comments, blank lines and order. A
/// value that has changed replaces the first line of its directive and removes the others; one that
/// the file never named is appended, as is one that an included file would set again.
public final class Rewrite {
  private static final String MARK = "# Set at run time, written by CONFIG REWRITE";

  private final Config config;
  private final Path file;
  private final List<String> lines;

  /// The directive of each line of `lines`; absent for comments and the rest.
  private final Map<Integer, Directive<?>> directives = new HashMap<>();

  /// What the file says now, included files and all.
  private final Config written;

  private Rewrite(Config config, Path file) {
    this.config = config;
    this.file = file;
    lines = ConfigFile.lines(file, file.toString());
    written = Config.of(file, ConfigFile.read(file));
    for (int i = 0; i < lines.size(); i++) {
      List<String> words = ConfigFile.words(lines.get(i), file + ":" + (i + 1));
      Directive<?> directive = words.isEmpty() ? null : Directives.find(words.getFirst());
      if (directive != null) {
        directives.put(i, directive);
      }
    }
  }

  /// Brings `file` up to date with `config`. It is replaced as a whole, or left as it is.
  ///
  /// - throws [IOException] if it cannot be written.
  /// - throws [ConfigException] if it cannot be read any more.
  public static void write(Config config, Path file) throws IOException {
    String text = new Rewrite(config, file).text();
    FileReplacement.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private String text() {
    Map<Integer, List<String>> replacements = new HashMap<>();
    List<String> appended = new ArrayList<>();
    for (Directive<?> directive : Directives.all()) {
      if (!config.text(directive).equals(written.text(directive))) {
        change(directive, replacements, appended);
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      for (String line : replacements.getOrDefault(i, List.of(lines.get(i)))) {
        text.append(line).append('\n');
      }
    }
    if (!appended.isEmpty() && !lines.contains(MARK)) {
      text.append(MARK).append('\n');
    }
    appended.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private void change(
      Directive<?> directive, Map<Integer, List<String>> replacements, List<String> appended) {
    List<String> wanted = stated(directive);
    boolean placed = isIncluded(directive);
    if (placed) {
      appended.addAll(wanted);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (directives.get(i) == directive) {
        replacements.put(i, placed ? List.of() : wanted);
        placed = true;
      }
    }
    if (!placed) {
      appended.addAll(wanted);
    }
  }

  private <T> List<String> stated(Directive<T> directive) {
    List<String> stated = new ArrayList<>();
    for (List<String> words : directive.lines(config.value(directive))) {
      StringBuilder line = new StringBuilder(directive.name());
      words.forEach(word -> line.append(' ').append(Words.quote(word)));
      stated.add(line.toString());
    }
    return stated;
  }

  /// Whether a file that this one includes sets the directive.
  private boolean isIncluded(Directive<?> directive) {
    String own = file + ":";
    for (Setting setting : ConfigFile.read(file)) {
      if (Directives.find(setting.name()) == directive && !setting.place().startsWith(own)) {
        return true;
      }
    }
    return false;
  }
}
