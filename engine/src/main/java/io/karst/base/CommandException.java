package io.karst.base;

/// The client's mistake: becomes the error reply of its command, in one place, and is never
/// logged. Carries no stack trace, so that throwing one costs as little as answering it.
///
/// The message is the whole error line, from its code on (`ERR syntax error`), without CR or LF.
/// Whoever throws it has not changed any key.
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message, null, false, false);
  }

  /// The error line `ERR message`.
  public static CommandException err(String message) {
    return new CommandException("ERR " + message);
  }

  public static CommandException syntax() {
    return err("syntax error");
  }

  public static CommandException notAnInteger() {
    return err("value is not an integer or out of range");
  }

  public static CommandException notAFloat() {
    return err("value is not a valid float");
  }

  public static CommandException noSuchKey() {
    return err("no such key");
  }

  public static CommandException wrongType() {
    return new CommandException(
        "WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  /// The text of the error line.
  public String line() {
    return String.valueOf(getMessage());
  }
}
