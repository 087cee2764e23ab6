package io.karst.server.config;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands after `./karst server`: a file or none, or `-` for standard input, then `--name
/// value ...` any number of times.
///
/// - `file`: null without one.
/// - `input`: what standard input says; nothing without `-`.
/// - `settings`: what the options set, in their order.
/// - `imported`: what is to be imported; null if nothing is.
public record CommandLine(
    @Nullable Path file,
    List<Setting> input,
    List<Setting> settings,
    @Nullable ImportOption imported) {
  private static final String STDIN = "-";
  private static final String OPTION = "--";

  /// - throws [ConfigException] for words that are neither.
  public static CommandLine parse(List<String> arguments) {
    return parse(arguments, System.in);
  }

  /// As [#parse(List)], with something else for standard input.
  static CommandLine parse(List<String> arguments, InputStream in) {
    String first = arguments.isEmpty() ? "--" : arguments.getFirst();
    boolean piped = first.equals(STDIN);
    boolean hasFile = !first.startsWith(STDIN);
    List<String> options = hasFile || piped ? arguments.subList(1, arguments.size()) : arguments;
    Path file = hasFile ? Path.of(first) : null;
    List<Setting> settings = settings(options);
    return new CommandLine(
        file,
        piped ? ConfigFile.read(in) : List.of(),
        settings.stream().filter(s -> !imports(s)).toList(),
        imported(settings));
  }

  /// The defaults, the file, the options: the later over the earlier.
  ///
  /// - throws [ConfigException] if any of them is wrong.
  public Config config() {
    List<Setting> all = new ArrayList<>();
    Path absolute = file == null ? null : file.toAbsolutePath();
    if (file != null) {
      all.addAll(ConfigFile.read(file));
    }
    all.addAll(input);
    for (Setting setting : settings) {
      if (setting.name().toLowerCase(Locale.ROOT).equals(ConfigFile.INCLUDE)) {
        all.addAll(ConfigFile.included(setting));
      } else {
        all.add(setting);
      }
    }
    return Config.of(absolute, all);
  }

  private static @Nullable ImportOption imported(List<Setting> settings) {
    ImportOption found = null;
    for (Setting setting : settings) {
      if (imports(setting)) {
        if (found != null) {
          throw setting.wrong("only one file can be imported");
        }
        found = ImportOption.of(setting);
      }
    }
    return found;
  }

  private static boolean imports(Setting setting) {
    return setting.name().toLowerCase(Locale.ROOT).equals(ImportOption.NAME);
  }

  private static List<Setting> settings(List<String> options) {
    List<Setting> settings = new ArrayList<>();
    int at = 0;
    while (at < options.size()) {
      String option = options.get(at);
      if (!option.startsWith(OPTION) || option.length() == OPTION.length()) {
        throw new ConfigException(option + ": expected --name value; the file comes first");
      }
      int end = at + 1;
      while (end < options.size() && !options.get(end).startsWith(OPTION)) {
        end++;
      }
      String name = option.substring(OPTION.length());
      settings.add(new Setting(option, name, List.copyOf(options.subList(at + 1, end))));
      at = end;
    }
    return settings;
  }
}
