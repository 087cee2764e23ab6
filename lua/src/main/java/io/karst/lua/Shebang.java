package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// The first line of a script or library that begins with `#!`.
///
/// - `length`: its length without the end of line, 0 if there is none.
record Shebang(int length, String[] words) {
  static Shebang of(Bytes body) {
    if (body.length() < 2 || body.at(0) != '#' || body.at(1) != '!') {
      return new Shebang(0, new String[0]);
    }
    int end = 2;
    while (end < body.length() && body.at(end) != '\n') {
      end++;
    }
    String line = body.slice(2, end - 2).utf8().strip();
    return new Shebang(end, line.split("\\s+"));
  }

  boolean isPresent() {
    return length > 0;
  }

  /// The body without the line, but for its end: lines keep their numbers.
  byte[] rest(Bytes body) {
    return body.slice(length, body.length() - length).toArray();
  }

  /// The flags of a script, `#!lua flags=a,b`.
  Set<ScriptFlag> scriptFlags() {
    Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
    if (!isPresent()) {
      return flags;
    }
    if (!words[0].equals("lua")) {
      throw CommandException.err("Unexpected engine in script shebang: #!" + words[0]);
    }
    for (int i = 1; i < words.length; i++) {
      if (!words[i].startsWith("flags=")) {
        throw CommandException.err("Unknown lua shebang option: " + words[i]);
      }
      for (String word : words[i].substring("flags=".length()).split(",")) {
        if (!word.isEmpty()) {
          flags.add(flag(word));
        }
      }
    }
    return flags;
  }

  private static ScriptFlag flag(String word) {
    ScriptFlag flag = ScriptFlag.of(word);
    if (flag == null) {
      throw CommandException.err("Unexpected flag in script shebang: " + word);
    }
    return flag;
  }

  /// The name of a library, `#!lua name=x`.
  String libraryName() {
    if (!isPresent()) {
      throw CommandException.err("Missing library metadata");
    }
    String name = null;
    for (int i = 1; i < words.length; i++) {
      if (!words[i].startsWith("name=")) {
        throw CommandException.err("Invalid metadata value given: " + words[i]);
      }
      if (name != null) {
        throw CommandException.err(
            "Invalid metadata value, name argument was given multiple times");
      }
      name = words[i].substring("name=".length());
    }
    if (name == null) {
      throw CommandException.err("Library name was not given");
    }
    if (!isName(name)) {
      throw CommandException.err(
          "Library names can only contain letters, numbers, or underscores(_) and must be at least"
              + " one character long");
    }
    if (!words[0].equalsIgnoreCase("lua")) {
      throw CommandException.err("Engine '" + words[0] + "' not found");
    }
    return name;
  }

  /// Whether a library or a function may be called so.
  static boolean isName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      boolean fits =
          b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
      if (!fits) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
