package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.server.acl.Account;
import io.karst.server.acl.Attempts;
import io.karst.server.acl.Denial;
import io.karst.server.acl.DenialLog;
import io.karst.server.acl.Guard;
import io.karst.server.acl.Latin1;
import io.karst.server.acl.RuleException;
import io.karst.server.acl.User;
import io.karst.server.acl.UserFile;
import io.karst.server.acl.Users;
import io.karst.server.config.AccessDirectives;
import io.karst.server.config.ChannelsByDefault;
import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.DiskDirectives;
import io.karst.server.messages.Kind;
import io.karst.server.messages.Subscriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may do what, with the sessions it is about: users and what was refused.
///
/// Made once with the server; thread-safe.
public final class Access {
  private static final String NOT_ADMITTED =
      "WRONGPASS invalid username-password pair or user is disabled.";

  /// What is refused where a page is asked for, as the log calls it.
  private static final String HTTP = "HTTP";

  private static final String TOO_SOON =
      "ERR a password was wrong just before; this one has not been looked at";

  private final Server server;
  private final Users users;
  private final DenialLog log = new DenialLog();
  private final Attempts attempts = new Attempts();

  /// With the users that the configuration declares, in its file of users or itself.
  ///
  /// - throws [UncheckedIOException] if that file cannot be read or a rule cannot be applied.
  Access(Server server, Config config, CommandTable commands) {
    this.server = server;
    users = new Users(commands);
    config.follow(
        AccessDirectives.ACL_PUBSUB_DEFAULT,
        channels -> users.channelsOpen(channels == ChannelsByDefault.ALLCHANNELS));
    config.obey(ClientDirectives.REQUIREPASS, users::defaultPassword);
    config.follow(AccessDirectives.ACLLOG_MAX_LEN, log::lengthMax);
    config.follow(AccessDirectives.AUTH_DELAY_MAX, attempts::delayMax);
    try {
      declare(config);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  private void declare(Config config) throws IOException {
    List<List<String>> declared = config.value(AccessDirectives.USER);
    Path file = file(config);
    if (file != null) {
      if (!declared.isEmpty()) {
        throw new IOException(
            "users are declared in the configuration and in 'aclfile' " + file + "; choose one");
      }
      var _ = UserFile.load(file, users);
      return;
    }
    try {
      users.declare(
          declared.stream().map(line -> line.stream().map(Latin1::ofUtf8).toList()).toList());
    } catch (RuleException wrong) {
      throw new IOException("user " + wrong.line("rule"), wrong);
    }
    if (!declared.isEmpty()) {
      state(config); // Passwords are not shown to who reads the configuration.
    }
  }

  public Users users() {
    return users;
  }

  /// What was refused lately.
  public DenialLog log() {
    return log;
  }

  /// The file of all users, in the directory of the data unless its path is absolute; null without
  /// one.
  public @Nullable Path file() {
    return file(server.config());
  }

  private static @Nullable Path file(Config config) {
    String path = config.value(AccessDirectives.ACLFILE);
    return path.isEmpty()
        ? null
        : Path.of(config.value(DiskDirectives.DIR)).toAbsolutePath().resolve(path).normalize();
  }

  /// Whether whoever connects has to authenticate himself.
  boolean needsPassword() {
    return !users.byDefault().user().isOpen();
  }

  /// The error line for a command that the session's user may not run, which is noted; null if he
  /// may.
  ///
  /// This is all there is to ask: by the dispatcher before a command runs or is queued, by EXEC
  /// before each command, and by whatever else runs commands in a session's name.
  ///
  /// - `guard`: of the calling thread.
  /// - `args`: of a number that the command accepts.
  public @Nullable String refusal(
      Guard guard, Session session, Command command, Args args, DenialLog.Context context) {
    User user = session.account().user();
    if (user.unrestricted()) {
      return null;
    }
    Denial denial = guard.denial(user, command, args);
    if (denial == null) {
      return null;
    }
    note(session, denial.reason(), context, denial.object(), user.name());
    return denial.line();
  }

  /// Lets a session be a user from now on.
  ///
  /// - throws [CommandException] if the password is not his; the connection is not listened to for
  ///   a while then, if that has happened often.
  public void authenticate(Session session, Bytes name, Bytes password, Bytes command) {
    if (session.restMillis() > 0) {
      throw new CommandException(TOO_SOON);
    }
    Account account = users.authenticate(name, password);
    if (account == null) {
      long now = server.clock().wallMillis();
      session.rest(attempts.failed(session.remoteAddress(), now));
      note(session, Denial.Reason.AUTH, context(session), Latin1.text(command), Latin1.text(name));
      throw new CommandException(NOT_ADMITTED);
    }
    session.authenticated(account);
  }

  /// The account that a visitor's password opens; null if it opens none, which is noted, and slows
  /// him down as it does a session.
  ///
  /// The caller waits before it asks for as long as the visitor rests.
  public @Nullable Account authenticate(Visitor visitor, Bytes name, Bytes password) {
    Account account = users.authenticate(name, password);
    if (account == null) {
      visitor.rest(attempts.failed(visitor.address(), server.clock().wallMillis()));
      note(visitor, Denial.Reason.AUTH, HTTP, Latin1.text(name));
    }
    return account;
  }

  /// The error line for what a visitor may not see, which is noted; null if he may.
  ///
  /// - `shows`: a command that shows the same.
  public @Nullable String refusal(Visitor visitor, Account account, Args shows) {
    User user = account.user();
    Command command = server.commands().find(shows);
    Denial denial = new Guard().denial(user, command, shows);
    if (denial == null) {
      return null;
    }
    note(visitor, denial.reason(), denial.object(), user.name());
    return denial.line();
  }

  /// For how long a new connection is not listened to, as passwords have been tried from there.
  long restMillis(String address) {
    return needsPassword() ? delayMillis(address) : 0;
  }

  /// For how long no password from there is looked at on a new connection.
  long delayMillis(String address) {
    return attempts.delayMillis(address, server.clock().wallMillis());
  }

  /// Where a session's command comes from.
  static DenialLog.Context context(Session session) {
    return session.transaction() == null ? DenialLog.Context.TOPLEVEL : DenialLog.Context.MULTI;
  }

  /// Ends the connections of users who are no more; `self`, who has made that so, is answered
  /// first.
  public void expel(List<Account> gone, Session self) {
    server
        .sessions()
        .forEach(session -> {
          if (gone.contains(session.account())) {
            end(session, self);
          }
        });
  }

  private static void end(Session session, Session self) {
    if (session == self) {
      session.closeAfterReply();
    } else {
      session.kill();
    }
  }

  /// Ends the connections that listen to what is not open to their users any more, whose rights
  /// have just changed; `self`, who has changed them, is answered first.
  public void silence(Session self) {
    server
        .sessions()
        .forEach(session -> {
          if (!listensRightly(session)) {
            end(session, self);
          }
        });
  }

  /// Whether all that a session listens to is open to its user. Whoever has begun to listen asks
  /// once more, as his rights may have changed after he was let in, and before [#silence] could
  /// find him.
  public static boolean listensRightly(Session session) {
    User user = session.account().user();
    if (user.unrestricted() || !session.listening().isSubscriber()) {
      return true;
    }
    Subscriptions own = session.listening().messaging().subscriptions();
    for (Kind kind : Kind.values()) {
      for (Bytes name : own.names(kind)) {
        if (!user.allowsChannel(name, kind == Kind.PATTERN)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Writes the users into the configuration, for it to be written to its file.
  ///
  /// - throws [CommandException] if a name is no text, as the file is one.
  public void state(Config config) {
    if (file(config) != null) {
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    String password = config.value(ClientDirectives.REQUIREPASS);
    for (Account account : users.all()) {
      User user = account.user();
      if (account != users.byDefault() || !users.isInitial(user, password)) {
        lines.add(words(user));
      }
    }
    config.set(AccessDirectives.USER, List.copyOf(lines));
  }

  private static List<String> words(User user) {
    String line = user.name() + " " + user.rules();
    String text = Latin1.utf8(line);
    if (!Latin1.ofUtf8(text).equals(line)) {
      throw CommandException.err(
          "user '"
              + text.substring(0, text.indexOf(' '))
              + "' has rules that are not UTF-8, which"
              + " a configuration file cannot have; use 'aclfile'");
    }
    return List.of(text.split(" ", -1));
  }

  private void note(
      Session session,
      Denial.Reason reason,
      DenialLog.Context context,
      String object,
      String user) {
    long now = server.clock().wallMillis();
    StringBuilder client = new StringBuilder();
    ClientLine.append(client, session, now);
    log.add(new DenialLog.Subject(reason, context, object, user), client.toString(), now);
  }

  private void note(Visitor visitor, Denial.Reason reason, String object, String user) {
    var subject = new DenialLog.Subject(reason, DenialLog.Context.TOPLEVEL, object, user);
    log.add(subject, visitor.line(), server.clock().wallMillis());
  }
}
