package io.karst.commands;

/// What a command does to a key, in the words of `COMMAND INFO`'s key specifications.
///
/// The first four say how the record is used: exactly one of them. The others say what happens to
/// the user's data: read out, changed depending on what it was, added to, taken from.
public enum KeyFlag {
  READ_ONLY("RO"),
  READ_WRITE("RW"),
  OVERWRITE("OW"),
  REMOVE("RM"),
  ACCESS("access"),
  UPDATE("update"),
  INSERT("insert"),
  DELETE("delete"),
  NOT_KEY("not_key"),
  INCOMPLETE("incomplete"),
  VARIABLE_FLAGS("variable_flags");

  private final String redisName;

  KeyFlag(String redisName) {
    this.redisName = redisName;
  }

  public String redisName() {
    return redisName;
  }
}
