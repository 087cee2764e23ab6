package io.karst.commands.list;

import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Command;
import io.karst.commands.Deadline;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `LMOVEM`: moves some elements from an end of a list to an end of another, all or none, and
/// returns them in the order in which they stand there. `BLMOVEM` waits until there are enough.
///
/// `COUNT` moves up to so many, `EXACTLY` so many or none. With `OBO` they are moved one by one, as
/// by as many `LMOVE`s, so that from an end to the same end their order is turned; with `BULK` they
/// keep it. Between the same end of the same list the elements in question are put back.
@AutoService(Operation.class)
public final class MoveMany implements Operation {
  private static final String COMPLEXITY = "O(N), N being the number of elements moved";

  @Override
  public List<Command> commands() {
    return List.of(
        Move.refined(
                write(
                    "LMOVEM source destination <LEFT | RIGHT> <LEFT | RIGHT>"
                        + " [<COUNT count | EXACTLY exactly> <OBO | BULK>]",
                    "8.10.0",
                    "Moves elements from one list to another.",
                    (tx, args) -> {
                      Reply moved = new Request(args, 5, false).run(tx, args);
                      return moved == null ? Reply.NIL_ARRAY : moved;
                    }))
            .complexity(COMPLEXITY),
        Move.refined(
                write(
                    "BLMOVEM source destination <LEFT | RIGHT> <LEFT | RIGHT> timeout"
                        + " [<COUNT count | EXACTLY exactly> <OBO | BULK>]",
                    "8.10.0",
                    "Moves elements from one list to another; waits for them.",
                    MoveMany::moveOrWait))
            .flags(Flag.BLOCKING)
            .complexity(COMPLEXITY));
  }

  private static Reply moveOrWait(Tx tx, Args args) {
    Request request = new Request(args, 6, true);
    long deadline = Deadline.ofSeconds(tx, args, 5);
    Reply moved = request.run(tx, args);
    return moved == null
        ? new Reply.Blocked(deadline, Reply.NIL_ARRAY, ValueType.LIST).forFirst()
        : moved;
  }

  private static final class Request {
    private final boolean fromHead;
    private final boolean toHead;
    private final long count;
    private final boolean exactly;
    private final boolean oneByOne;
    private final boolean waits;

    /// - `at`: where the words about how many elements begin, if there are any.
    /// - `waits`: whether those who came before come first.
    private Request(Args args, int at, boolean waits) {
      this.waits = waits;
      fromHead = ListEnd.isHead(args, 3);
      toHead = ListEnd.isHead(args, 4);
      if (args.count() == at) {
        count = 1;
        exactly = false;
        oneByOne = true;
        return;
      }
      exactly = args.is(at, "EXACTLY");
      oneByOne = args.is(at + 2, "OBO");
      boolean counts = exactly || args.is(at, "COUNT");
      if (!counts || args.count() != at + 3 || (!oneByOne && !args.is(at + 2, "BULK"))) {
        throw CommandException.syntax();
      }
      count = PopFirst.positive(args.bytes(at + 1), "count should be greater than 0");
    }

    /// The elements, or null if there are none, or not as many as there must be.
    private @Nullable Reply run(Tx tx, Args args) {
      ListView source = tx.listForUpdate(args.key(1));
      int size = source.size();
      boolean enough = exactly ? size >= count : size > 0;
      if (!enough || (waits && !tx.waits().mayTake(args.key(1)))) {
        return null;
      }
      ListView target = Move.target(tx, args, source);
      List<Bytes> block = block(source, (int) Math.min(count, size));
      if (target != source || fromHead != toHead || oneByOne) {
        source.move(fromHead, target, toHead, block);
      }
      BulkList moved = new BulkList();
      (toHead ? block.reversed() : block).forEach(moved::add);
      return new Reply.Strings(moved);
    }

    /// The elements in the order in which they are to be added.
    private List<Bytes> block(ListView source, int taken) {
      List<Bytes> block = new ArrayList<>(taken);
      int first = fromHead ? 0 : source.size() - 1;
      source.forEach(first, taken, fromHead, element -> block.add(element.copy()));
      if (!oneByOne && fromHead == toHead) {
        Collections.reverse(block);
      }
      return block;
    }
  }
}
