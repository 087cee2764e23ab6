package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LPUSH`, `RPUSH`, `LPUSHX`, `RPUSHX`: add elements at an end, one after the other; the latter
/// two only to a list that is there. They return its new length.
@AutoService(Operation.class)
public final class Push implements Operation {
  private static final String MANY = "Takes more than one element.";

  @Override
  public List<Command> commands() {
    return List.of(
        push("LPUSH", "1.0.0", "Adds elements before the first.", (tx, args) -> add(tx, args, true))
            .history("2.4.0", MANY),
        push("RPUSH", "1.0.0", "Adds elements behind the last.", (tx, args) -> add(tx, args, false))
            .history("2.4.0", MANY),
        push(
                "LPUSHX",
                "2.2.0",
                "Adds elements before the first of a list that is there.",
                (tx, args) -> addIfPresent(tx, args, true))
            .history("4.0.0", MANY),
        push(
                "RPUSHX",
                "2.2.0",
                "Adds elements behind the last of a list that is there.",
                (tx, args) -> addIfPresent(tx, args, false))
            .history("4.0.0", MANY));
  }

  private static Command push(String name, String since, String summary, Body.OnKeys body) {
    return write(name + " key element [element ...]", since, summary, body)
        .fast()
        .denyOom()
        .complexity("O(N), N being the number of elements added")
        .keyFlags(KeyFlag.READ_WRITE, KeyFlag.INSERT);
  }

  private static Reply add(Tx tx, Args args, boolean atHead) {
    return add(tx.listForUpdate(args.key(1)), args, atHead);
  }

  private static Reply addIfPresent(Tx tx, Args args, boolean atHead) {
    ListView list = tx.listForUpdate(args.key(1));
    return list.exists() ? add(list, args, atHead) : Reply.ZERO;
  }

  private static Reply add(ListView list, Args args, boolean atHead) {
    list.push(atHead, args.from(2));
    return Reply.of(list.size());
  }
}
