package io.karst.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// `--import FILE [replace] [skip-unsupported]`: an RDB file to put into the store before the first
/// client is served. Not a directive: it is done once, not how the server is.
///
/// - `replaces`: whether keys that exist are replaced; otherwise the store has to be empty.
/// - `skipsUnsupported`: whether values of types this version does not have are passed over.
public record ImportOption(Path file, boolean replaces, boolean skipsUnsupported) {
  static final String NAME = "import";

  private static final String REPLACE = "replace";
  private static final String SKIP_UNSUPPORTED = "skip-unsupported";

  /// - throws [ConfigException] for words that are none of these.
  static ImportOption of(Setting setting) {
    List<String> words = setting.words();
    List<String> flags = words.isEmpty() ? words : words.subList(1, words.size());
    if (words.isEmpty() || !List.of(REPLACE, SKIP_UNSUPPORTED).containsAll(flags)) {
      throw setting.wrong("expected a file, then perhaps 'replace' and 'skip-unsupported'");
    }
    try {
      Path file = Path.of(words.getFirst());
      return new ImportOption(file, flags.contains(REPLACE), flags.contains(SKIP_UNSUPPORTED));
    } catch (InvalidPathException e) {
      throw setting.wrong("no path: " + words.getFirst());
    }
  }
}
