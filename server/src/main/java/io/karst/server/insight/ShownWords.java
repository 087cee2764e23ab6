package io.karst.server.insight;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words of a command as operators may see them: without secrets, and for the slow log
/// shortened.
public final class ShownWords {
  private static final Bytes REDACTED = Bytes.utf8("(redacted)");

  /// Words beyond these are counted only.
  private static final int COUNT_MAX = 32;

  /// Bytes of a word beyond these are counted only.
  private static final int SIZE_MAX = 128;

  /// Directives whose values are secrets.
  private static final Set<String> SECRETS =
      Set.of(
          "requirepass",
          "masterauth",
          "masteruser",
          "primaryauth",
          "primaryuser",
          "tls-key-file-pass",
          "tls-client-key-file-pass");

  private ShownWords() {}

  /// All words, with their own copy of the bytes.
  ///
  /// - `fullName`: of the command, as `config|set`.
  public static List<Bytes> of(String fullName, Args args) {
    List<Bytes> words = new ArrayList<>(args.count());
    for (int i = 0; i < args.count(); i++) {
      words.add(isSecret(fullName, args, i) ? REDACTED : args.bytes(i).copy());
    }
    return words;
  }

  /// As [#of], of a bounded size: of many words the first, of long words their beginning.
  ///
  /// - `others`: how many more commands are meant besides this one.
  static List<Bytes> shortened(String fullName, Args args, int others) {
    boolean many = args.count() > COUNT_MAX;
    int count = many ? COUNT_MAX - 1 : args.count();
    List<Bytes> words = new ArrayList<>(count + 2);
    for (int i = 0; i < count; i++) {
      words.add(isSecret(fullName, args, i) ? REDACTED : shortened(args.bytes(i)));
    }
    if (many) {
      words.add(Bytes.utf8("... (" + (args.count() - count) + " more arguments)"));
    }
    if (others > 0) {
      words.add(Bytes.utf8("... (and " + others + " more commands of its pipeline)"));
    }
    return words;
  }

  private static Bytes shortened(Bytes word) {
    if (word.length() <= SIZE_MAX) {
      return word.copy();
    }
    String rest = "... (" + (word.length() - SIZE_MAX) + " more bytes)";
    byte[] begin = word.slice(0, SIZE_MAX).toArray();
    byte[] end = Bytes.utf8(rest).toArray();
    byte[] both = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, both, begin.length, end.length);
    return Bytes.of(both);
  }

  private static boolean isSecret(String fullName, Args args, int index) {
    return switch (fullName) {
      case "auth" -> index > 0;
      case "hello", "migrate" -> isCredential(args, index);
      case "acl|setuser", "acl|deluser", "acl|getuser" -> index > 1;
      case "config|set" -> index > 2 && index % 2 == 1 && SECRETS.contains(lower(args, index - 1));
      default -> false;
    };
  }

  /// Whether the word is what `AUTH`, `AUTH2` or, in `HELLO`, `AUTH` is followed by.
  private static boolean isCredential(Args args, int index) {
    boolean hello = args.is(0, "HELLO");
    return (index > 1 && args.is(index - 1, "AUTH"))
        || (index > 2 && args.is(index - 2, hello ? "AUTH" : "AUTH2"))
        || (index > 1 && args.is(index - 1, "AUTH2"));
  }

  private static String lower(Args args, int index) {
    return args.bytes(index).utf8().toLowerCase(Locale.ROOT);
  }
}
