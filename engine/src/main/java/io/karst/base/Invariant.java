package io.karst.base;

import java.util.function.Supplier;

/// Checks that are always on. A failure is a bug or corruption: it is never answered to a client
/// and never caught but at the root of a thread, where it stops the process before it can spread.
public final class Invariant {
  /// Whether the costly checks are on too: `-Dkarst.verify=true`, as in all tests.
  public static final boolean VERIFY = Boolean.getBoolean("karst.verify");

  private Invariant() {}

  public static void check(boolean condition, String message) {
    if (!condition) {
      throw new Violation(message);
    }
  }

  /// As [#check(boolean, String)]; the message is only built on failure.
  public static void check(boolean condition, Supplier<String> message) {
    if (!condition) {
      throw new Violation(message.get());
    }
  }

  /// The violation itself, for `throw` where the compiler has to see that nothing follows.
  public static Violation violated(String message) {
    return new Violation(message);
  }

  /// What is thrown: an [Error], so that no handler of exceptions takes it for an operating fault.
  public static final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }
}
