package io.karst.commands.syntax;

/// What an argument is, in the words of `COMMAND DOCS`.
public enum ArgumentType {
  KEY("key"),
  STRING("string"),
  INTEGER("integer"),
  DOUBLE("double"),
  PATTERN("pattern"),
  UNIX_TIME("unix-time"),
  PURE_TOKEN("pure-token"),
  /// One of its children.
  ONE_OF("oneof"),
  /// All of its children, in order.
  BLOCK("block");

  private final String redisName;

  ArgumentType(String redisName) {
    this.redisName = redisName;
  }

  public String redisName() {
    return redisName;
  }
}
