package io.karst.server.config;

import java.util.List;

/// The directives about who may do what: docs/ACL.md.
public final class AccessDirectives {
  static final Declarations OWN = new Declarations("Access control");

  private static final int DELAY_MAX_MILLIS = 60_000;

  public static final Directive<String> ACLFILE =
      OWN.fixed(
          "aclfile",
          new TextKind("a path, below `dir` if it is relative; `\"\"` is none"),
          "",
          "The file of all users, a line each; there are no `user` lines in this one then.");

  public static final Directive<List<List<String>>> USER =
      OWN.fixed(
          "user",
          new LinesKind(1, Integer.MAX_VALUE, "a name and rules; a line a user"),
          List.of(),
          "A user, as `ACL SETUSER` would make him.");

  public static final Directive<ChannelsByDefault> ACL_PUBSUB_DEFAULT =
      OWN.atRunTime(
          "acl-pubsub-default",
          ChoiceKind.of(ChannelsByDefault.class),
          ChannelsByDefault.RESETCHANNELS,
          "Whether all channels are open to a new user, or none.");

  public static final Directive<Integer> ACLLOG_MAX_LEN =
      OWN.atRunTime(
          "acllog-max-len",
          new WholeKind(0, Integer.MAX_VALUE),
          128,
          "Entries of `ACL LOG` that are kept.");

  public static final Directive<Integer> AUTH_DELAY_MAX =
      OWN.atRunTime(
          "auth-delay-max",
          new WholeKind(0, DELAY_MAX_MILLIS),
          10_000,
          "Milliseconds for which a client is not listened to, at most, after it has tried wrong"
              + " passwords; 0 never delays.");

  public static final Directive<List<List<String>>> RENAME_COMMAND =
      OWN.fixed(
          "rename-command",
          new LinesKind(2, 2, "a command and its new name; `\"\"` disables it; a line a command"),
          List.of(),
          "Another name for a command.");

  private AccessDirectives() {}
}
