package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Reply;

/// Whoever runs a script: what it may do to the world outside of Lua.
///
/// Called by the thread of [LuaRuntime#run], between whose beginning and end only. What a method
/// throws but for [CommandException] ends the run, and
/// comes out of it.
public interface Host {
  /// Where the words of what is called next are put.
  ScriptWords words();

  /// Runs a command. A failure is a [Reply.Err], or a [CommandException], which is taken for one.
  ///
  /// - `args`: the latest of [#words], good as long as the host lets them be.
  /// - returns: what is read before the next call; views in it need not live longer.
  Reply call(Args args);

  /// Whether the user may run a command, for `redis.acl_check_cmd`; throws [CommandException] if
  /// there is none of that name.
  boolean allows(Args args);

  /// Takes a line for the log.
  void log(LogLevel level, Bytes text);

  /// From now on what the script writes goes to the append-only file, to replicas, to both or
  /// neither.
  default void replicate(boolean toFile, boolean toReplicas) {}

  /// The version of the protocol, 2 or 3, in which the script wants the replies of [#call]; a run
  /// begins with 2. The conversion
  /// is done here: this is for commands that ask for the version.
  default void protocol(int version) {}

  /// What `math.random` begins with in this run, as after `srand48`; a host that has a run repeated
  /// says the same again. Without another reason it is where POSIX begins.
  default int seed() {
    return 0x1234ABCD;
  }

  /// Whether the run has to end at once. Asked every few microseconds, so it costs no more than a
  /// look at a flag.
  boolean interrupted();
}
