package io.karst.server.config;

/// A value that its directive does not take. The message says why, in the words that Redis uses
/// where it has them; it names neither the directive nor the place, which the catcher knows.
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadValueException(String why) {
    super(why);
  }

  public String why() {
    return String.valueOf(getMessage());
  }
}
