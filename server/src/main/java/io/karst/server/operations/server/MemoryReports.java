package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Counters.Counter;
import io.karst.engine.Engine;
import io.karst.server.info.MemoryDiagnosis;
import io.karst.server.info.MemoryNumbers;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.util.ArrayList;
import java.util.List;

/// `MEMORY STATS`, `DOCTOR`, `MALLOC-STATS` and `PURGE`: where the memory is, and getting some
/// back.
@AutoService(Operation.class)
public final class MemoryReports implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        memory("STATS", "Answers where the memory is.", MemoryReports::stats)
            .tips(
                "nondeterministic_output", "request_policy:all_shards", "response_policy:special"),
        memory("DOCTOR", "Tells what is wrong with the memory, if anything.", MemoryReports::doctor)
            .tips(
                "nondeterministic_output", "request_policy:all_shards", "response_policy:special"),
        memory("MALLOC-STATS", "Shows the allocator's counters.", MemoryReports::allocator)
            .tips(
                "nondeterministic_output", "request_policy:all_shards", "response_policy:special"),
        memory(
                "PURGE",
                "Moves data together and gives free memory back to the system.",
                MemoryReports::purge)
            .flags(Flag.NO_MULTI)
            .complexity("O(N) where N is the number of keys")
            .tips("request_policy:all_shards", "response_policy:all_succeeded"));
  }

  private static Command memory(String name, String summary, SessionBody body) {
    return session("MEMORY " + name, "4.0.0", summary, body).slow().complexity("O(1)");
  }

  private static Reply stats(Session session, Args args) {
    Server server = session.server();
    MemoryNumbers memory = MemoryNumbers.of(server);
    long keys = keys(server.engine());
    List<Reply> map = new ArrayList<>();
    add(map, "peak.allocated", memory.peak());
    add(map, "total.allocated", memory.used());
    add(map, "startup.allocated", memory.startup());
    add(map, "replication.backlog", 0);
    add(map, "clients.slaves", 0);
    add(map, "clients.normal", MemoryNumbers.clientBuffers(server));
    add(map, "cluster.links", 0);
    add(map, "aof.buffer", 0);
    add(map, "overhead.total", memory.slack());
    add(map, "keyspace.limit", memory.limit());
    add(map, "keyspace.headroom", server.engine().eviction().headroomBytes());
    add(map, "keys.evicted", server.engine().count(Counter.EVICTED));
    add(map, "keys.spilled", server.engine().count(Counter.SPILLED));
    add(map, "keys.count", keys);
    add(map, "keys.bytes-per-key", keys == 0 ? 0 : memory.live() / keys);
    add(map, "dataset.bytes", memory.live());
    add(map, "dataset.percentage", percent(memory.live(), memory.used()));
    add(map, "peak.percentage", percent(memory.used(), memory.peak()));
    add(map, "allocator.allocated", memory.live());
    add(map, "allocator.active", memory.used());
    add(map, "allocator.resident", memory.used());
    add(map, "allocator-fragmentation.ratio", memory.slackRatio());
    add(map, "allocator-fragmentation.bytes", memory.slack());
    add(map, "allocator-rss.ratio", 1.0);
    add(map, "allocator-rss.bytes", 0);
    add(map, "rss-overhead.ratio", memory.residentRatio());
    add(map, "rss-overhead.bytes", memory.resident() - memory.used());
    add(map, "fragmentation", memory.residentRatio());
    add(map, "fragmentation.bytes", memory.resident() - memory.used());
    return new Reply.Dictionary(map);
  }

  private static Reply doctor(Session session, Args args) {
    return text(MemoryDiagnosis.of(MemoryNumbers.of(session.server())));
  }

  private static Reply allocator(Session session, Args args) {
    MemoryNumbers memory = MemoryNumbers.of(session.server());
    return text(
        "taken from the system: "
            + memory.used()
            + "\nin keys and tables: "
            + memory.live()
            + "\nslack: "
            + memory.slack()
            + "\nlimit: "
            + memory.limit()
            + "\n");
  }

  private static Reply purge(Session session, Args args) {
    session.server().engine().compact();
    return Reply.OK;
  }

  private static long keys(Engine engine) {
    long keys = 0;
    for (int database = 0; database < engine.databases(); database++) {
      keys += engine.size(database);
    }
    return keys;
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 100 : 100.0 * part / whole;
  }

  private static void add(List<Reply> map, String name, long value) {
    map.add(Reply.bulk(name));
    map.add(new Reply.Int(value));
  }

  private static void add(List<Reply> map, String name, double value) {
    map.add(Reply.bulk(name));
    map.add(new Reply.Real(value));
  }

  private static Reply text(String text) {
    return new Reply.Verbatim("txt", Bytes.utf8(text));
  }
}
