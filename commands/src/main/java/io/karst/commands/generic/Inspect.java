package io.karst.commands.generic;

import static io.karst.commands.Command.container;
import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `OBJECT ENCODING`, `FREQ`, `IDLETIME`, `REFCOUNT`: what the store knows of a key besides its
/// value; nil if there is no key. No access.
@AutoService(Operation.class)
public final class Inspect implements Operation {
  private static final String AFTER_A_CHANGE =
      " Please note that when switching between policies at runtime LRU and LFU data will take some"
          + " time to adjust.";

  @Override
  public List<Command> commands() {
    return List.of(
        container("OBJECT", "2.2.3", "Tells what the store knows of a key.")
            .complexity("Depends on subcommand."),
        of("OBJECT ENCODING key", "2.2.3", "Tells how a value is held.", Inspect::encoding),
        of("OBJECT FREQ key", "4.0.0", "Tells how often a key is used.", Inspect::frequency),
        of("OBJECT IDLETIME key", "2.2.3", "Tells the seconds without use.", Inspect::idleTime),
        of("OBJECT REFCOUNT key", "2.2.3", "Tells the uses of a value: 1.", Inspect::references));
  }

  private static Command of(String syntax, String since, String summary, Body.OnKeys body) {
    return read(syntax, since, summary, body)
        .keyFlags(KeyFlag.READ_ONLY)
        .complexity("O(1)")
        .tips("nondeterministic_output");
  }

  private static Reply encoding(Tx tx, Args args) {
    String encoding = tx.usage().encoding(args.key(2));
    return encoding == null ? Reply.NIL : Reply.bulk(encoding);
  }

  private static Reply frequency(Tx tx, Args args) {
    int frequency = tx.usage().frequency(args.key(2));
    if (frequency < 0) {
      return Reply.NIL;
    }
    if (!tx.usage().countsAccesses()) {
      throw CommandException.err(
          "An LFU maxmemory policy is not selected, access frequency not tracked."
              + AFTER_A_CHANGE);
    }
    return Reply.of(frequency);
  }

  private static Reply idleTime(Tx tx, Args args) {
    long millis = tx.usage().idleMillis(args.key(2));
    if (millis < 0) {
      return Reply.NIL;
    }
    if (tx.usage().countsAccesses()) {
      throw CommandException.err(
          "An LFU maxmemory policy is selected, idle time not tracked." + AFTER_A_CHANGE);
    }
    return Reply.of(millis / 1000);
  }

  /// Values are never shared between keys.
  private static Reply references(Tx tx, Args args) {
    return tx.type(args.key(2)) == null ? Reply.NIL : Reply.ONE;
  }
}
