package io.karst.server.operations.scripting;

import com.google.auto.service.AutoService;
import io.karst.base.Invariant;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.server.session.SessionBody;
import java.util.List;

/// `EVAL`, `EVALSHA`, `FCALL` and those of them that only read.
///
/// They are run where the session's commands are dispatched: a script is a transaction of its own.
@AutoService(Operation.class)
public final class Evaluate implements Operation {
  private static final SessionBody DISPATCHED =
      (session, args) -> {
        throw Invariant.violated("a script that is not dispatched");
      };

  @Override
  public List<Command> commands() {
    return List.of(
        writing(evaluate("EVAL script", "2.6.0", "Runs a script.")),
        writing(evaluate("EVALSHA sha1", "2.6.0", "Runs a script by its SHA-1.")),
        reading("EVAL_RO script", "7.0.0", "Runs a script that only reads."),
        reading("EVALSHA_RO sha1", "7.0.0", "Runs a script that only reads, by its SHA-1."),
        writing(function("FCALL function", "Runs a function.")),
        function("FCALL_RO function", "Runs a function that only reads.").flags(Flag.READ_ONLY));
  }

  private static Command writing(Command command) {
    return command.keyFlags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.UPDATE);
  }

  private static Command reading(String name, String since, String summary) {
    return evaluate(name, since, summary).flags(Flag.READ_ONLY);
  }

  private static Command function(String name, String summary) {
    return evaluate(name, "7.0.0", summary);
  }

  private static Command evaluate(String name, String since, String summary) {
    return Command.onKeys(
            name + " numkeys [key [key ...]] [arg [arg ...]]", since, summary, DISPATCHED)
        .keys(KeySpec.counted(2, 1))
        .stale()
        .flags(Flag.NO_SCRIPT, Flag.SKIP_MONITOR, Flag.NO_MANDATORY_KEYS)
        .complexity("Depends on the script");
  }
}
