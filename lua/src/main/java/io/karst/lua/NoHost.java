package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.commands.Args;
import io.karst.commands.Reply;

/// Between two runs: nothing of the kind happens.
enum NoHost implements Host {
  INSTANCE;

  @Override
  public ScriptWords words() {
    throw Invariant.violated("a command outside of a run");
  }

  @Override
  public Reply call(Args args) {
    throw Invariant.violated("a command outside of a run");
  }

  @Override
  public boolean allows(Args args) {
    throw Invariant.violated("a question outside of a run");
  }

  @Override
  public void log(LogLevel level, Bytes text) {
    throw Invariant.violated("a line for the log outside of a run");
  }

  @Override
  public boolean interrupted() {
    return false;
  }
}
