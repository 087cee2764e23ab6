package io.karst.commands;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a command does to keys that its words do not name one by one: a range, a prefix, what a
/// pattern makes of elements. Access rules cannot judge that key by key, so it takes a user to whom
/// all keys are open for it.
///
/// - `use`: what is done to them.
/// - `refusal`: the error line for whom not all keys are open; null if this call names all its
///   keys.
public record Reach(KeyUse use, Function<Args, @Nullable String> refusal) {
  /// What anybody is told to whom a key is not open.
  public static final String NO_PERMISSION = "NOPERM No permissions to access a key";

  /// Whatever the arguments are.
  public static Reach always(KeyUse use) {
    return new Reach(use, args -> NO_PERMISSION);
  }
}
