package io.karst.server.session;

import io.karst.commands.Args;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A command on its way through a [Task].
///
/// - `route`: null if it is refused.
/// - `refusal`: the error line it is answered with then.
/// - `args`: its own copy of the words.
record Call(@Nullable Route route, String refusal, Args args) {
  static Call of(Route route, Args args) {
    return new Call(route, "", args.detach());
  }

  /// The route, of one that is not refused.
  Route ran() {
    return Objects.requireNonNull(route);
  }

  static Call refused(String line) {
    return new Call(null, line, new Args());
  }
}
