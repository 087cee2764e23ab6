package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The first line of a script or library that begins with `#!`.
///
/// - `length`: its length without the end of line, 0 if there is none.
record Shebang(int length, List<String> words) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern QUOTED = Pattern.compile("^([^\"']*)([\"'])([^\"']*)\\2$");

  static Shebang of(Bytes body) {
    if (body.length() < 2 || body.at(0) != '#' || body.at(1) != '!') {
      return new Shebang(0, List.of());
    }
    int end = 2;
    while (end < body.length() && body.at(end) != '\n') {
      end++;
    }
    String line = body.slice(2, end - 2).utf8().stripTrailing();
    List<String> words = BLANKS.splitAsStream(line).map(Shebang::unquoted).toList();
    return new Shebang(end, words);
  }

  /// `name="x"` may be written for `name=x`; a blank there never may be.
  private static String unquoted(String word) {
    return QUOTED.matcher(word).replaceFirst("$1$3");
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
    if (!words.getFirst().equals("lua")) {
      throw CommandException.err("Unexpected engine in script shebang: #!" + words.getFirst());
    }
    for (int i = 1; i < words.size(); i++) {
      if (!words.get(i).startsWith("flags=")) {
        throw CommandException.err("Unknown lua shebang option: " + words.get(i));
      }
      for (String word : words.get(i).substring("flags=".length()).split(",", -1)) {
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
    for (int i = 1; i < words.size(); i++) {
      if (!words.get(i).startsWith("name=")) {
        throw CommandException.err("Invalid metadata value given: " + words.get(i));
      }
      if (name != null) {
        throw CommandException.err(
            "Invalid metadata value, name argument was given multiple times");
      }
      name = words.get(i).substring("name=".length());
    }
    if (name == null) {
      throw CommandException.err("Library name was not given");
    }
    if (!isName(name)) {
      throw CommandException.err(
          "Library names can only contain letters, numbers, or underscores(_) and must be at least"
              + " one character long");
    }
    if (!words.getFirst().equalsIgnoreCase("lua")) {
      throw CommandException.err("Engine '" + words.getFirst() + "' not found");
    }
    return name;
  }

  /// Whether a library or a function may be called so.
  static boolean isName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      boolean fits =
          (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
      if (!fits) {
        return false;
      }
    }
    return bytes.length > 0;
  }
}
