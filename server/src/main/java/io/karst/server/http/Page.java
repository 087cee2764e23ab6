package io.karst.server.http;

import io.karst.commands.Args;
import org.jspecify.annotations.Nullable;

/// What a path answers to GET.
///
/// - `shows`: a command that shows the same, which whoever asks has to be allowed; null if anybody
///   may see it, also where users have passwords.
record Page(@Nullable Args shows, Source source) {
  /// Makes the answer, anew for each request. Runs on the event loop of the port.
  @FunctionalInterface
  interface Source {
    Answer answer();
  }
}
