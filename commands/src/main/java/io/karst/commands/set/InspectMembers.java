package io.karst.commands.set;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import java.util.ArrayList;
import java.util.List;

/// `SCARD`, `SISMEMBER`, `SMISMEMBER`: how many members there are, and whether some are there.
@AutoService(Operation.class)
public final class InspectMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "SCARD key",
                "1.0.0",
                "Counts the members of a set.",
                (tx, args) -> Reply.of(tx.set(args.key(1)).size()))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY),
        read(
                "SISMEMBER key member",
                "1.0.0",
                "Tells whether a set has a member.",
                (tx, args) -> Reply.of(tx.set(args.key(1)).contains(args.bytes(2))))
            .fast()
            .complexity("O(1)")
            .keyFlags(KeyFlag.READ_ONLY),
        read(
                "SMISMEMBER key member [member ...]",
                "6.2.0",
                "Tells which of some members a set has.",
                InspectMembers::contains)
            .fast()
            .complexity("O(N), N being the number of members asked for")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS));
  }

  private static Reply contains(Tx tx, Args args) {
    SetView set = tx.set(args.key(1));
    List<Reply> replies = new ArrayList<>(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      replies.add(Reply.of(set.contains(args.bytes(i))));
    }
    return new Reply.Array(replies);
  }
}
