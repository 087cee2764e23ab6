package io.karst.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.commands.Args;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.server.config.Config;
import io.karst.server.config.ObservationDirectives;
import io.karst.server.operations.Harness;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.session.Stats.CommandCount;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Costs of a group, of which each command takes the time the test says.
class GroupCostsTest {
  private static final long MICRO = 1000;
  private static final long MILLI = 1_000_000;

  /// Moved by the test; counts how often it is looked at.
  private static final class HandMovedClock implements Clock {
    private long nanos;
    private int looks;

    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public long monotonicNanos() {
      looks++;
      return nanos;
    }
  }

  private final HandMovedClock clock = new HandMovedClock();
  private final Engine engine =
      Engine.open(EngineOptions.defaults(1).withMaintenance(false).withClock(clock));
  private final Config config = Config.memoryOnly();
  private final Server server = new Server(config, engine, CommandTable.load(), clock);
  private final WorkerStats stats = server.stats().newWorker();
  private final Group group = new Group();
  private final GroupCosts costs = new GroupCosts(server, stats, group);
  private final Session session = server.sessions().open(Harness.link(1000));
  private final ReplyBuffer out = new ReplyBuffer(1024, ReplyBuffer.Sink.NOWHERE);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void fastCommandsShareTheTimeOfTheirGroup() {
    run(4 * MICRO, "GET a", 1 * MICRO, "GET b", 7 * MICRO);
    assertThat(count("get")).isEqualTo(new CommandCount(2, 12, 0, 0));
    assertThat(clock.looks).isEqualTo(2);
  }

  @Test
  void aCommandOfManyElementsIsTimedByItself() {
    run(3 * MICRO, "GET a", 1 * MICRO, "LRANGE b 0 -1", 90 * MICRO, "GET c", 2 * MICRO);
    assertThat(count("lrange")).isEqualTo(new CommandCount(1, 90, 0, 0));
    assertThat(count("get").micros()).isEqualTo(6); // What went by before the first is theirs.
  }

  @Test
  void aSlowOneAmongOthersIsFoundByItself() {
    run(0, "GET a", MICRO, "LRANGE b 0 -1", 20 * MILLI, "LRANGE c 0 -1", 5 * MILLI);
    assertThat(slow()).containsExactly("[LRANGE, b, 0, -1]: 20000");
  }

  @Test
  void fastOnesThatAreSlowTogetherAreEnteredOnce() {
    run(0, "GET a", 9 * MILLI, "GET b", 2 * MILLI, "GET c", MILLI);
    assertThat(slow())
        .containsExactly("[GET, a, ... (and 2 more commands of its pipeline)]: 12000");
  }

  @Test
  void eachIsTimedIfTheThresholdIsLow() {
    config.set(ObservationDirectives.SLOWLOG_LOG_SLOWER_THAN, 500);
    run(0, "GET a", 100 * MICRO, "GET b", 600 * MICRO, "GET c", 100 * MICRO);
    assertThat(slow()).containsExactly("[GET, b]: 600");
  }

  /// Runs a group.
  ///
  /// - `before`: how long it takes before the first command.
  /// - `commands`: words and how long that takes, by turns.
  private void run(long before, Object... commands) {
    int start = clock.looks;
    for (int i = 0; i < commands.length; i += 2) {
      Args args = group.next();
      args.clear();
      for (String word : ((String) commands[i]).split(" ", -1)) {
        args.add(Bytes.utf8(word));
      }
      group.add(server.routes().find(args), 0, 0);
    }
    costs.begin();
    clock.nanos += before;
    for (int i = 0; i < group.size(); i++) {
      Route route = group.route(i);
      costs.before(i, route, out);
      clock.nanos += (long) commands[2 * i + 1];
      costs.after(i, route, out);
    }
    costs.end(session, group.size(), 0);
    clock.looks -= start;
  }

  private CommandCount count(String name) {
    String[] words =
        name.equals("get") ? new String[] {"get", "k"} : new String[] {name, "k", "0", "0"};
    int index = server.commands().find(Args.of(words)).index();
    return server.stats().commands().count(index);
  }

  private List<String> slow() {
    return server.insight().slowLog().latest(10).stream()
        .map(entry -> entry.words().stream().map(Bytes::utf8).toList() + ": " + entry.micros())
        .toList();
  }
}
