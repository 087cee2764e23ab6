package io.karst.commands.geo;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.geo.SearchRequest.Kind;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import java.util.List;

/// `GEOSEARCH`, `GEOSEARCHSTORE`: the members in a circle or a box around a place or a member.
@AutoService(Operation.class)
public final class Search implements Operation {
  static final String COMPLEXITY =
      "O(N+log(M)), N being the number of members in the cells around the area and M that of those"
          + " in the area";

  private static final String SHAPE =
      " <FROMMEMBER member | FROMLONLAT longitude latitude>"
          + " <BYRADIUS radius <M | KM | FT | MI> | BYBOX width height <M | KM | FT | MI>>"
          + " [ASC | DESC] [COUNT count [ANY]]";

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "GEOSEARCH key" + SHAPE + " [WITHCOORD] [WITHDIST] [WITHHASH]",
                "6.2.0",
                "Lists the members in an area.",
                Search::search)
            .complexity(COMPLEXITY),
        write(
                "GEOSEARCHSTORE destination source" + SHAPE + " [STOREDIST]",
                "6.2.0",
                "Stores the members in an area.",
                Search::store)
            .denyOom()
            .complexity(COMPLEXITY));
  }

  private static Reply search(Tx tx, Args args) {
    SortedSetView set = tx.sortedSet(args.key(1));
    return FoundReply.answer(set, new SearchRequest(Kind.SEARCH, set).read(args, 2));
  }

  private static Reply store(Tx tx, Args args) {
    SortedSetView set = tx.sortedSet(args.key(2));
    SearchRequest request = new SearchRequest(Kind.SEARCH_AND_STORE, set).read(args, 3);
    return FoundReply.store(tx, set, request, args.key(1));
  }
}
