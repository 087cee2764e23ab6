package io.karst.commands.set;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.WordBatch;
import io.karst.engine.KeyEvent;
import io.karst.engine.SetView;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;

/// `SMOVE`: moves a member from one set to another, with its expiry.
@AutoService(Operation.class)
public final class MoveMember implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        write(
                "SMOVE source destination member",
                "1.0.0",
                "Moves a member from one set to another.",
                MoveMember::move)
            .fast()
            .complexity("O(1)")
            .keys(
                KeySpec.at(1).flags(KeyFlag.READ_WRITE, KeyFlag.ACCESS, KeyFlag.DELETE),
                KeySpec.at(2).flags(KeyFlag.READ_WRITE, KeyFlag.INSERT)));
  }

  private static Reply move(Tx tx, Args args) {
    SetView source = tx.setForUpdate(args.key(1));
    if (!source.exists()) {
      return Reply.ZERO;
    }
    SetView target = tx.setForUpdate(args.key(2));
    Bytes member = args.bytes(3);
    if (args.bytes(1).equals(args.bytes(2))) {
      return Reply.of(source.contains(member));
    }
    long expiry = source.expiry(member);
    if (expiry == Record.ABSENT) {
      return Reply.ZERO;
    }
    WordBatch both = WordBatch.rest(args, 3, 1);
    target.reserve(both);
    source.reserve(both); // The removal must not fail when the member is in both.
    tx.acts(KeyEvent.SADD);
    target.add(member, expiry);
    tx.acts(KeyEvent.SREM);
    source.remove(member);
    return Reply.ONE;
  }
}
