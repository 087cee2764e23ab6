package io.karst.commands.set;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.engine.Listing;
import io.karst.engine.Tx;
import java.util.List;

/// `SMEMBERS`: all members of a set, in no order.
@AutoService(Operation.class)
public final class ListMembers implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("SMEMBERS key", "1.0.0", "Returns all members of a set.", ListMembers::list)
            .complexity("O(N), N being the number of members")
            .keyFlags(KeyFlag.READ_ONLY, KeyFlag.ACCESS)
            .tips("nondeterministic_output_order"));
  }

  private static Reply list(Tx tx, Args args) {
    return new Reply.Strings(new Members(tx.set(args.key(1)).listing()), Reply.Shape.SET);
  }

  private record Members(Listing all) implements StringSource {
    @Override
    public int size() {
      return all.size();
    }

    @Override
    public boolean isLong() {
      return all.isLong();
    }

    @Override
    public void forEach(Visitor visitor) {
      all.forEach((member, value) -> visitor.item(member));
    }
  }
}
