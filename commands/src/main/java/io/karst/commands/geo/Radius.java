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
import io.karst.keyspace.Key;
import java.util.List;

/// `GEORADIUS`, `GEORADIUSBYMEMBER`, and both with `_RO`: the members in a circle, in words that
/// `GEOSEARCH` has replaced.
@AutoService(Operation.class)
public final class Radius implements Operation {
  private static final String PLACE = " key longitude latitude radius";
  private static final String MEMBER = " key member radius";
  private static final String OPTIONS =
      " <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT count [ANY]] [ASC | DESC]";
  private static final String TARGET = " [STORE destkey] [STOREDIST destkey]";
  private static final String SUMMARY = "Lists the members in a circle";

  @Override
  public List<Command> commands() {
    return List.of(
        storing("GEORADIUS" + PLACE, "`GEOSEARCH` and `GEOSEARCHSTORE`", SUMMARY + ".", false),
        reading("GEORADIUS_RO" + PLACE, "`GEOSEARCH`", SUMMARY + ".", false),
        storing(
            "GEORADIUSBYMEMBER" + MEMBER,
            "`GEOSEARCH` and `GEOSEARCHSTORE` with `FROMMEMBER`",
            SUMMARY + " around a member.",
            true),
        reading(
            "GEORADIUSBYMEMBER_RO" + MEMBER,
            "`GEOSEARCH` with `FROMMEMBER`",
            SUMMARY + " around a member.",
            true));
  }

  private static Command storing(String syntax, String instead, String summary, boolean ofMember) {
    return write(
            syntax + OPTIONS + TARGET,
            "3.2.0",
            summary,
            (tx, args) -> search(tx, args, Kind.RADIUS, ofMember))
        .denyOom()
        .complexity(Search.COMPLEXITY)
        .locksAllWhen(Radius::hasManyTargets)
        .history("6.2.0", "Takes `ANY`.")
        .deprecated("6.2.0", instead);
  }

  private static Command reading(String syntax, String instead, String summary, boolean ofMember) {
    return read(
            syntax + OPTIONS,
            "3.2.10",
            summary,
            (tx, args) -> search(tx, args, Kind.RADIUS_READ_ONLY, ofMember))
        .complexity(Search.COMPLEXITY)
        .history("6.2.0", "Takes `ANY`.")
        .deprecated("6.2.0", instead);
  }

  /// Whether the places of keys do not tell for sure which one the result goes to.
  private static boolean hasManyTargets(Args args) {
    int targets = 0;
    for (int i = 2; i < args.count(); i++) {
      targets += args.is(i, "STORE") || args.is(i, "STOREDIST") ? 1 : 0;
    }
    return targets > 1;
  }

  private static Reply search(Tx tx, Args args, Kind kind, boolean ofMember) {
    SortedSetView set = tx.sortedSet(args.key(1));
    SearchRequest request = new SearchRequest(kind, set);
    int options = ofMember ? 5 : 6;
    if (!ofMember) {
      request.center = Place.read(args, 2);
    } else if (set.exists()) {
      request.center = SearchRequest.placeOf(set, args, 2);
    }
    if (request.center != null) {
      request.extent = Area.Extent.circle(args, options - 2);
    }
    Key target = request.read(args, options).target;
    return target == null
        ? FoundReply.answer(set, request)
        : FoundReply.store(tx, set, request, target);
  }
}
