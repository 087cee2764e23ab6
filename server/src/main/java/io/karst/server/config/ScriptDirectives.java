package io.karst.server.config;

/// The directives about scripts and functions.
public final class ScriptDirectives {
  static final Declarations OWN = new Declarations("Scripts");

  public static final Directive<Integer> BUSY_REPLY_THRESHOLD =
      OWN.alias(
          "lua-time-limit",
          OWN.atRunTime(
              "busy-reply-threshold",
              new WholeKind(0, Integer.MAX_VALUE),
              5000,
              "For how many milliseconds others wait for what a script holds; then they are"
                  + " answered `BUSY`, and it may be killed. 0: for as long as it takes."));

  private ScriptDirectives() {}
}
