package io.karst.server.operations.cluster;

import static io.karst.server.operations.cluster.ClusterCommand.cluster;
import static io.karst.server.operations.cluster.ClusterCommand.membership;
import static io.karst.server.operations.cluster.ClusterCommand.view;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Limits;
import io.karst.cluster.ClusterView;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.server.session.Session;
import io.karst.server.session.SessionKeysBody;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `CLUSTER KEYSLOT`, `COUNTKEYSINSLOT`, `GETKEYSINSLOT`, `SLOT-STATS`: slots and their keys, as
/// this server has them.
@AutoService(Operation.class)
public final class SlotReports implements Operation {
  private record Count(int slot, long keys) {}

  @Override
  public List<Command> commands() {
    return List.of(
        cluster("KEYSLOT key", "3.0.0", "Answers the slot of a key.", SlotReports::slot)
            .noKeys()
            .complexity("O(N) where N is the length of the key"),
        onSlots("COUNTKEYSINSLOT slot", "3.0.0", "Counts keys.", SlotReports::count)
            .complexity("O(N) where N is the number of keys in the slot"),
        onSlots("GETKEYSINSLOT slot count", "3.0.0", "Answers keys of a slot.", SlotReports::keys)
            .complexity("O(N) where N is the number of keys in the slot"),
        onSlots(
                "SLOT-STATS <SLOTSRANGE start-slot end-slot | ORDERBY metric"
                    + " [LIMIT limit] [ASC | DESC]>",
                "8.0.0",
                "Counts the keys of slots.",
                SlotReports::statistics)
            .complexity("O(N) where N is the number of keys in the slots"));
  }

  private static Command onSlots(
      String syntax, String since, String summary, SessionKeysBody body) {
    return Command.onKeys("CLUSTER " + syntax, since, summary, body)
        .noKeys()
        .slow()
        .group("cluster")
        .stale();
  }

  private static Reply slot(Session session, Args args) {
    var _ = membership(session);
    return new Reply.Int(args.key(2).slot());
  }

  private static Reply count(Session session, Tx tx, Args args) {
    var _ = membership(session);
    return new Reply.Int(count(tx, slotAt(args, 2)));
  }

  private static long count(Tx tx, int slot) {
    long[] count = new long[1];
    tx.all().forEach(slot, (key, type, expiryMillis) -> count[0]++);
    return count[0];
  }

  private static Reply keys(Session session, Tx tx, Args args) {
    var _ = membership(session);
    int slot = slotAt(args, 2);
    long most = args.int64(3);
    if (most < 0) {
      throw CommandException.err("Invalid number of keys");
    }
    List<Bytes> found = new ArrayList<>();
    tx.all()
        .forEach(
            slot,
            (key, type, expiryMillis) -> {
              if (found.size() < most) {
                found.add(key.copy());
              }
            });
    return new Reply.Array(found.stream().map(Reply::bulk).toList());
  }

  private static int slotAt(Args args, int index) {
    long slot = args.int64(index);
    if (slot < 0 || slot >= Limits.SLOTS) {
      throw CommandException.err("Invalid slot");
    }
    return (int) slot;
  }

  private static Reply statistics(Session session, Tx tx, Args args) {
    ClusterView view = view(session);
    List<Count> counts = new ArrayList<>();
    if (args.is(2, "SLOTSRANGE") && args.count() == 5) {
      range(view, tx, slotAt(args, 3), slotAt(args, 4), counts);
    } else if (args.is(2, "ORDERBY") && args.count() >= 4) {
      ordered(view, tx, args, counts);
    } else {
      throw CommandException.syntax();
    }
    return new Reply.Array(counts.stream().map(SlotReports::reply).toList());
  }

  private static Reply reply(Count count) {
    return Reply.array(
        new Reply.Int(count.slot),
        new Reply.Dictionary(List.of(Reply.bulk("key-count"), new Reply.Int(count.keys))));
  }

  /// Counts the keys of those that belong to this member's shard.
  private static void range(ClusterView view, Tx tx, int first, int last, List<Count> counts) {
    if (first > last) {
      throw CommandException.err(
          "Start slot number " + first + " is greater than end slot number " + last);
    }
    for (int slot = first; slot <= last; slot++) {
      if (view.has(slot)) {
        counts.add(new Count(slot, count(tx, slot)));
      }
    }
  }

  private static void ordered(ClusterView view, Tx tx, Args args, List<Count> counts) {
    if (!args.is(3, "KEY-COUNT")) {
      throw CommandException.err("Unrecognized sort metric for ORDERBY: KEY-COUNT is the only one");
    }
    Comparator<Count> order = Comparator.comparingLong(Count::keys).reversed();
    long limit = Limits.SLOTS;
    for (int i = 4; i < args.count(); i++) {
      if (args.is(i, "LIMIT") && i + 1 < args.count()) {
        limit = args.int64(++i, 1, Limits.SLOTS);
      } else if (args.is(i, "ASC")) {
        order = Comparator.comparingLong(Count::keys);
      } else if (!args.is(i, "DESC")) {
        throw CommandException.syntax();
      }
    }
    range(view, tx, 0, Limits.SLOTS - 1, counts);
    counts.sort(order.thenComparingInt(Count::slot));
    counts.subList((int) Math.min(limit, counts.size()), counts.size()).clear();
  }
}
