package io.karst.server.acl;

import io.karst.commands.Reach;
import java.util.Locale;

/// Why a command may not run.
///
/// - `object`: the command, the key, or the channel, one character a byte.
/// - `line`: what the client is told, if that is not what [Reason] says.
public record Denial(Reason reason, String object, String line) {

  /// What is not open, the later the nearer to being allowed.
  public enum Reason {
    COMMAND,
    KEY,
    CHANNEL,
    /// Nothing of the three: who somebody is.
    AUTH;

    /// `command`, as the log of denials calls it.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Denial command(User user, String name) {
    String line =
        "NOPERM User " + user.shownName() + " has no permissions to run the '" + name + "' command";
    return new Denial(Reason.COMMAND, name, line);
  }

  static Denial key(String key) {
    return new Denial(Reason.KEY, key, Reach.NO_PERMISSION);
  }

  static Denial channel(String channel) {
    return new Denial(Reason.CHANNEL, channel, "NOPERM No permissions to access a channel");
  }

  /// For an administrator, who may know the object: what `ACL DRYRUN` answers.
  public String detail(User user) {
    String who = "User " + user.shownName() + " has no permissions to ";
    String shown = Latin1.utf8(object);
    return switch (reason) {
      case COMMAND -> who + "run the '" + shown + "' command";
      case KEY -> who + "access the '" + shown + "' key";
      case CHANNEL -> who + "access the '" + shown + "' channel";
      case AUTH -> line;
    };
  }
}
