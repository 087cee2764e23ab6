package io.karst.server.session;

/// Which replies a client wants (`CLIENT REPLY`).
public enum ReplyMode {
  /// All.
  ON,
  /// None until it says otherwise.
  OFF,
  /// None to this command and the next: the command that asked for it is not answered either.
  SKIP_NEXT,
  /// None to this command, then all.
  SKIP
}
