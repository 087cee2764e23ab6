package io.karst.server.acl;

import io.karst.server.config.FileReplacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The file of all users (`aclfile`): a line each, `user name rules`. Blank lines mean nothing.
///
/// Thread-safe, as [Users] is.
public final class UserFile {
  /// So many mistakes are named; the others are counted.
  private static final int MISTAKES_MAX = 16;

  private UserFile() {}

  /// Lets `users` be those of `file`, all of them, or changes nothing; returns those that are no
  /// more.
  ///
  /// - throws [IOException] if it cannot be read, or with every mistake in it: file, line, cause.
  public static List<Account> load(Path file, Users users) throws IOException {
    Map<String, User> made = new TreeMap<>();
    List<String> mistakes = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        read(lines.get(i), users, made);
      } catch (RuleException wrong) {
        mistakes.add(file + ":" + (i + 1) + ": " + wrong.line("rule"));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IOException(said(mistakes));
    }
    return users.replace(made);
  }

  /// Writes all of `users` to `file`, which is replaced as a whole, or left as it is.
  ///
  /// - throws [IOException] if it cannot be written.
  public static void save(Path file, Users users) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Account account : users.all()) {
      text.append(account.user().line()).append('\n');
    }
    FileReplacement.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void read(String line, Users users, Map<String, User> made) throws RuleException {
    List<String> words = RuleWords.split(line);
    if (words.isEmpty()) {
      return;
    }
    if (!words.getFirst().equals("user")) {
      throw new RuleException("a line begins with 'user'");
    }
    if (words.size() == 1) {
      throw new RuleException("the name of the user is missing");
    }
    users.declare(words.subList(1, words.size()), made);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }

  private static String said(List<String> mistakes) {
    int named = Math.min(mistakes.size(), MISTAKES_MAX);
    String text = String.join("; ", mistakes.subList(0, named));
    int more = mistakes.size() - named;
    return text + (more > 0 ? "; and " + more + " more" : "") + ". No user was changed";
  }
}
