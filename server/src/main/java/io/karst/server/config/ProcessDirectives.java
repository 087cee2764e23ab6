package io.karst.server.config;

/// The directives about the process and its log.
public final class ProcessDirectives {
  static final Declarations OWN = new Declarations("Process and log");

  public static final Directive<LogLevel> LOGLEVEL =
      OWN.atRunTime(
          "loglevel",
          ChoiceKind.of(LogLevel.class),
          LogLevel.NOTICE,
          "The least important messages that are logged.");

  public static final Directive<String> LOGFILE =
      OWN.fixed(
          "logfile", new TextKind("a path; `\"\"` is standard error"), "", "Where the log goes.");

  public static final Directive<LogFormat> LOG_FORMAT =
      OWN.fixed(
          "log-format",
          ChoiceKind.of(LogFormat.class),
          LogFormat.TEXT,
          "What a line of the log looks like: text for people, or JSON for programs.");

  public static final Directive<String> PIDFILE =
      OWN.fixed(
          "pidfile",
          new TextKind("a path; `\"\"` is none"),
          "",
          "A file with the process's id, written when the server is ready, removed at its end.");

  private ProcessDirectives() {}
}
