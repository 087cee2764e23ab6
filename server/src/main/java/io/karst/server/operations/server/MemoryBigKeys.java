package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.BigKeys;
import io.karst.engine.BigKeys.BigKey;
import io.karst.engine.Engine;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.server.session.Session;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `MEMORY BIGKEYS`: the largest keys of each type among those that were changed since the start,
/// without a look through the keyspace. Karst's own.
///
/// What is answered holds now: each key is looked at again, unless it is on disk only; one that is
/// gone, or of another type, or small by now, is left out.
@AutoService(Operation.class)
public final class MemoryBigKeys implements Operation {
  private static final int COUNT = 5;

  @Override
  public List<Command> commands() {
    return List.of(
        session(
                "MEMORY BIGKEYS [COUNT count]",
                "0.1.0",
                "Lists the largest keys of each type among those that were changed.",
                MemoryBigKeys::list)
            .arity(-2)
            .slow()
            .dangerous()
            .complexity("O(1)")
            .tips("nondeterministic_output", "request_policy:all_shards"));
  }

  private static Reply list(Session session, Args args) {
    int count = COUNT;
    if (args.count() > 2) {
      if (args.count() != 4 || !args.is(2, "COUNT")) {
        throw CommandException.syntax();
      }
      count = (int) args.int64(3, 1, BigKeys.KEPT);
    }
    List<Reply> map = new ArrayList<>();
    Engine engine = session.server().engine();
    Tx tx = engine.borrow();
    try {
      for (ValueType type : ValueType.values()) {
        map.add(Reply.bulk(type.redisName()));
        map.add(largest(engine, tx, type, count));
      }
    } finally {
      engine.giveBack(tx);
    }
    return new Reply.Dictionary(map);
  }

  private static Reply largest(Engine engine, Tx tx, ValueType type, int count) {
    List<BigKey> keys = new ArrayList<>();
    for (BigKey known : engine.bigKeys().list(type)) {
      BigKey now = look(engine, tx, known);
      if (now == null) {
        engine.bigKeys().forget(known);
      } else {
        keys.add(now);
      }
    }
    keys.sort(Comparator.comparingLong(BigKey::size).reversed());
    List<Reply> lines = new ArrayList<>();
    for (BigKey key : keys.subList(0, Math.min(count, keys.size()))) {
      lines.add(
          new Reply.Array(
              List.of(
                  Reply.bulk(key.key().bytes()),
                  new Reply.Int(key.database()),
                  new Reply.Int(key.size()))));
    }
    return new Reply.Array(lines);
  }

  /// The key as it is now; null if it is no large key of that type any more.
  private static @Nullable BigKey look(Engine engine, Tx tx, BigKey known) {
    Key key = known.key();
    tx.begin(engine.clock().wallMillis(), known.database());
    tx.slots().add(key.slot());
    tx.lock();
    try {
      tx.next(known.database());
      if (tx.missing(new Key[] {key}, 1)) {
        return known;
      }
      long size = tx.usage().memory(key);
      boolean large = size > BigKeys.SIZE_MIN && tx.type(key) == known.type();
      return large ? new BigKey(known.database(), key, known.type(), size) : null;
    } finally {
      tx.end();
    }
  }
}
