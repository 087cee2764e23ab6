package io.karst.commands.geo;

import io.karst.commands.BulkList;
import io.karst.commands.Reply;
import io.karst.engine.SortedSetBuilder;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.List;

/// Makes replies, and sorted sets, of what a search has found. Without state.
final class FoundReply {
  private FoundReply() {}

  /// The members, each with what else is asked for.
  static Reply answer(SortedSetView set, SearchRequest request) {
    Area area = request.area();
    if (area == null || !set.exists()) {
      return Reply.EMPTY_ARRAY;
    }
    List<Nearby.Found> found = Nearby.of(set, area, request);
    return request.isDetailed() ? detailed(found, request, area.unit()) : members(found);
  }

  private static Reply members(List<Nearby.Found> found) {
    BulkList members = new BulkList();
    found.forEach(each -> members.add(each.member()));
    return new Reply.Strings(members);
  }

  private static Reply detailed(List<Nearby.Found> found, SearchRequest request, Unit unit) {
    List<Reply> replies = new ArrayList<>(found.size());
    for (Nearby.Found each : found) {
      List<Reply> details = new ArrayList<>(4);
      details.add(new Reply.Bulk(each.member()));
      if (request.withDistance()) {
        details.add(unit.reply(each.meters()));
      }
      if (request.withScore()) {
        details.add(Reply.of((long) each.score()));
      }
      if (request.withPlace()) {
        details.add(each.place().reply());
      }
      replies.add(new Reply.Array(details));
    }
    return new Reply.Array(replies);
  }

  /// Stores the members, with their scores or their distances; returns how many there are.
  static Reply store(Tx tx, SortedSetView set, SearchRequest request, Key target) {
    SortedSetBuilder result = tx.values().newSortedSet();
    Area area = request.area();
    if (area != null && set.exists()) {
      for (Nearby.Found each : Nearby.of(set, area, request)) {
        double score =
            request.storesDistances() ? each.meters() / area.unit().meters : each.score();
        result.add(each.member(), score, Record.NO_EXPIRY);
      }
    }
    return Reply.of(tx.values().put(target, result));
  }
}
