package io.karst.transfer;

import io.karst.base.Bytes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of a library of functions, which its first line tells: `#!lua name=mylib`.
public final class LibraryName {
  private static final int LINE_MAX = 1024;
  private static final Pattern NAME = Pattern.compile("#!\\S+.*?\\sname=(\\w+)(\\s.*)?");

  private LibraryName() {}

  /// The name, null if the source does not tell it.
  public static @Nullable String of(Bytes source) {
    int end = 0;
    while (end < Math.min(source.length(), LINE_MAX) && source.at(end) != '\n') {
      end++;
    }
    Matcher line = NAME.matcher(source.slice(0, end).utf8());
    return line.matches() ? line.group(1) : null;
  }
}
