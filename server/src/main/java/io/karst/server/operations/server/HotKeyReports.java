package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.insight.HotKeyOptions;
import io.karst.server.insight.HotKeySearch;
import io.karst.server.insight.HotKeySearch.Cost;
import io.karst.server.insight.HotKeySearch.HotKey;
import io.karst.server.insight.ProcessUsage;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// `HOTKEYS START`, `STOP`, `GET`, `RESET`: which keys take the most time and traffic.
@AutoService(Operation.class)
public final class HotKeyReports implements Operation {
  private static final String SINCE = "8.6.0";

  @Override
  public List<Command> commands() {
    return List.of(
        hotKeys(
                "START METRICS count [CPU] [NET] [COUNT k] [DURATION seconds] [SAMPLE ratio]"
                    + " [SLOTS count slot [slot ...]]",
                "Begins to look for hot keys.",
                HotKeyReports::start)
            .arity(-4),
        hotKeys("STOP", "Ends the search; what was found stays.", HotKeyReports::stop),
        hotKeys("GET", "Tells what was found.", HotKeyReports::found)
            .slow()
            .complexity("O(N) where N is the number of keys looked at")
            .tips("nondeterministic_output"),
        hotKeys("RESET", "Forgets what was found.", HotKeyReports::reset));
  }

  private static Command hotKeys(String syntax, String summary, SessionBody body) {
    return session("HOTKEYS " + syntax, SINCE, summary, body).admin().complexity("O(1)");
  }

  private static Reply start(Session session, Args args) {
    HotKeyOptions options = HotKeyWords.parse(args);
    HotKeySearch search = new HotKeySearch(options, session.server().clock());
    if (!session.server().insight().hotKeys().start(search)) {
      throw CommandException.err("hotkeys tracking session already in progress");
    }
    return Reply.OK;
  }

  private static Reply stop(Session session, Args args) {
    HotKeySearch search = session.server().insight().hotKeys().latest();
    if (search == null) {
      return Reply.NIL;
    }
    search.stop();
    return Reply.OK;
  }

  private static Reply reset(Session session, Args args) {
    if (!session.server().insight().hotKeys().reset()) {
      throw CommandException.err("hotkeys tracking session in progress, stop it first");
    }
    return Reply.OK;
  }

  private static Reply found(Session session, Args args) {
    HotKeySearch search = session.server().insight().hotKeys().latest();
    if (search == null) {
      return Reply.NIL;
    }
    HotKeyOptions options = search.options();
    List<Reply> map = new ArrayList<>();
    add(map, "tracking-active", search.isActive() ? 1 : 0);
    add(map, "sample-ratio", options.ratio());
    map.add(Reply.bulk("selected-slots"));
    map.add(slots(options.slots()));
    totals(search, map);
    add(map, "collection-start-time-unix-ms", search.startMillis());
    add(map, "collection-duration-ms", search.durationMillis());
    if (options.time()) {
      ProcessUsage.ProcessorTime used = search.processorTime();
      add(map, "total-cpu-time-user-ms", Math.round(used.userSeconds() * 1000));
      add(map, "total-cpu-time-sys-ms", Math.round(used.systemSeconds() * 1000));
    }
    if (options.traffic()) {
      add(map, "total-net-bytes", search.totals().all().size());
    }
    if (options.time()) {
      list(map, "by-cpu-time-us", search.byTime(), Cost::micros);
    }
    if (options.traffic()) {
      list(map, "by-net-bytes", search.byTraffic(), Cost::size);
    }
    return new Reply.Dictionary(map);
  }

  private static void totals(HotKeySearch search, List<Reply> map) {
    HotKeySearch.Totals totals = search.totals();
    HotKeyOptions options = search.options();
    boolean some = options.slots() != null;
    if (options.ratio() > 1) {
      add(map, "sampled-commands-selected-slots-us", totals.sampled().micros());
    }
    if (some) {
      add(map, "all-commands-selected-slots-us", totals.selected().micros());
    }
    add(map, "all-commands-all-slots-us", totals.all().micros());
    if (options.ratio() > 1) {
      add(map, "net-bytes-sampled-commands-selected-slots", totals.sampled().size());
    }
    if (some) {
      add(map, "net-bytes-all-commands-selected-slots", totals.selected().size());
    }
    add(map, "net-bytes-all-commands-all-slots", totals.all().size());
  }

  /// Ranges of slots, first and last.
  private static Reply slots(@Nullable BitSet slots) {
    if (slots == null) {
      return Reply.EMPTY_ARRAY;
    }
    List<Reply> ranges = new ArrayList<>();
    int first = slots.nextSetBit(0);
    while (first >= 0) {
      int end = slots.nextClearBit(first);
      ranges.add(new Reply.Array(List.of(new Reply.Int(first), new Reply.Int(end - 1L))));
      first = slots.nextSetBit(end);
    }
    return new Reply.Array(ranges);
  }

  private static void list(
      List<Reply> map, String name, List<HotKey> keys, ToLongFunction<Cost> measure) {
    List<Reply> pairs = new ArrayList<>();
    for (HotKey key : keys) {
      pairs.add(Reply.bulk(key.key()));
      pairs.add(new Reply.Int(measure.applyAsLong(key.cost())));
    }
    map.add(Reply.bulk(name));
    map.add(new Reply.Array(pairs));
  }

  private static void add(List<Reply> map, String name, long value) {
    map.add(Reply.bulk(name));
    map.add(new Reply.Int(value));
  }
}
