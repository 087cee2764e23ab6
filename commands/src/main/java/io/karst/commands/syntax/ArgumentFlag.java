package io.karst.commands.syntax;

/// How often an argument may be given, in the words of `COMMAND DOCS`.
public enum ArgumentFlag {
  OPTIONAL("optional"),
  MULTIPLE("multiple"),
  /// Each repetition has the token in front of it, not only the first.
  MULTIPLE_TOKEN("multiple_token");

  private final String redisName;

  ArgumentFlag(String redisName) {
    this.redisName = redisName;
  }

  public String redisName() {
    return redisName;
  }
}
