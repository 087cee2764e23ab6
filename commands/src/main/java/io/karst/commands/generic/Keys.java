package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.KeyRange;
import io.karst.engine.Tx;
import java.util.List;

/// `KEYS`: all keys that match a pattern, slot by slot: not a snapshot, but a key that is there
/// from the beginning to the end is among them, once. Where keys are ordered on disk, a pattern
/// that does not begin with a wildcard visits only those that begin like it.
@AutoService(Operation.class)
public final class Keys implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("KEYS pattern", "1.0.0", "Lists all keys that match a pattern.", Keys::keys)
            .noKeys()
            .slow()
            .dangerous()
            .complexity("O(N), N being the number of keys in the database")
            .tips("request_policy:all_shards", "nondeterministic_output_order"));
  }

  private static Reply keys(Tx tx, Args args) {
    KeyPattern pattern = KeyPattern.of(args.bytes(1));
    BulkList found = new BulkList();
    if (tx.all().ordered() && !pattern.prefix().isEmpty()) {
      listPrefix(tx, pattern, found);
    } else {
      listAll(tx, pattern, found);
    }
    return new Reply.Strings(found);
  }

  private static void listPrefix(Tx tx, KeyPattern pattern, BulkList found) {
    tx.all()
        .range(
            KeyRange.prefix(pattern.prefix()),
            Integer.MAX_VALUE,
            false,
            false,
            (key, type, expiryMillis, string) -> {
              if (pattern.matches(key)) {
                found.add(key);
              }
            });
  }

  private static void listAll(Tx tx, KeyPattern pattern, BulkList found) {
    tx.all()
        .forEach(
            pattern.onlySlot(),
            (key, type, expiryMillis) -> {
              if (pattern.matches(key)) {
                found.add(key);
              }
            });
  }
}
