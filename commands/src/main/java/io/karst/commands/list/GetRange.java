package io.karst.commands.list;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.StringSource;
import io.karst.engine.ListListing;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import java.util.List;

/// `LRANGE`: the elements from one index to another; negative ones count from the tail.
@AutoService(Operation.class)
public final class GetRange implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        read("LRANGE key start stop", "1.0.0", "Returns a range of elements.", GetRange::get)
            .complexity("O(S+N), S being the way from the nearer end, N the number of elements"));
  }

  private static Reply get(Tx tx, Args args) {
    long start = args.int64(2);
    long stop = args.int64(3);
    ListView list = tx.list(args.key(1));
    ListRange range = ListRange.of(start, stop, list.size());
    return range.count() == 0
        ? Reply.EMPTY_ARRAY
        : new Reply.Strings(new Items(list.listing(range.from(), range.count(), true)));
  }

  private record Items(ListListing range) implements StringSource {
    @Override
    public int size() {
      return range.size();
    }

    @Override
    public boolean isLong() {
      return range.isLong();
    }

    @Override
    public void forEach(Visitor visitor) {
      range.forEach(visitor::item);
    }
  }
}
