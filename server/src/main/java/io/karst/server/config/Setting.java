package io.karst.server.config;

import java.util.List;

/// A directive as somebody wrote it.
///
/// - `place`: where, as `karst.conf:12` or `--port`.
/// - `name`: in the writer's case.
/// - `words`: what follows the name.
public record Setting(String place, String name, List<String> words) {
  /// The error that stops the start.
  ConfigException wrong(String why) {
    return new ConfigException(place + ": " + why);
  }
}
