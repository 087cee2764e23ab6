package io.karst.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What stands after `./karst server`: a file or none, then `--name value ...` any number of times.
///
/// - `file`: null without one.
/// - `settings`: what the options set, in their order.
/// - `imported`: what is to be imported; null if nothing is.
public record CommandLine(
    @Nullable Path file, List<Setting> settings, @Nullable ImportOption imported) {
  private static final String OPTION = "--";

  /// - throws [ConfigException] for words that are neither.
  public static CommandLine parse(List<String> arguments) {
    boolean hasFile = !arguments.isEmpty() && !arguments.getFirst().startsWith("-");
    List<String> options = hasFile ? arguments.subList(1, arguments.size()) : arguments;
    Path file = hasFile ? Path.of(arguments.getFirst()) : null;
    List<Setting> settings = settings(options);
    return new CommandLine(
        file, settings.stream().filter(s -> !imports(s)).toList(), imported(settings));
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
    for (Setting setting : settings) {
      if (setting.name().toLowerCase(Locale.ROOT).equals(ConfigFile.INCLUDE)) {
        all.addAll(included(setting));
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

  private static List<Setting> included(Setting setting) {
    if (setting.words().size() != 1) {
      throw setting.wrong("include takes one path");
    }
    return ConfigFile.read(Path.of(setting.words().getFirst()));
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
