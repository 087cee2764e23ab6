package io.karst.bench.torture;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.Progress;
import io.karst.bench.harness.ReadyLine;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.ledger.LossException;
import io.karst.bench.ledger.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// The rounds, one after the other, until enough or until something is lost.
///
/// Thread: its caller's.
public final class Torture {
  private final Plan plan;
  private final Children children;
  private final Progress progress;
  private final SplittableRandom random;
  private final Staff staff;
  private final Tally tally = new Tally();
  private final DataCopy data;
  private long startMillis = 500;
  private boolean graceful;

  /// What to do.
  ///
  /// - `rounds`, `duration`: until one of them is reached.
  /// - `directory`: an empty one; the data goes below.
  /// - `server`: what starts a server, its options to follow.
  public record Plan(
      long seed, int rounds, Duration duration, Scale scale, Path directory, List<String> server) {
    public Plan {
      server = List.copyOf(server);
    }
  }

  public Torture(Plan plan, Children children, Progress progress) {
    this.plan = plan;
    this.children = children;
    this.progress = progress;
    random = new SplittableRandom(plan.seed);
    staff = new Staff(plan.scale, random);
    data = new DataCopy(plan.directory);
  }

  /// Runs the rounds.
  ///
  /// - throws [LossException] if a server has lost something, or [HarnessException] if one does not
  ///   start, end or answer; what it had then is left in the directory.
  public void run() {
    long endNanos = System.nanoTime() + plan.duration.toNanos();
    try {
      while (tally.rounds() < plan.rounds && System.nanoTime() < endNanos) {
        round(Round.draw(random, plan.scale));
      }
      verifyAtLast();
    } catch (LossException e) {
      tally.loss();
      throw e;
    } finally {
      progress.endLine();
    }
  }

  /// What has been done, a line a figure.
  public String tally() {
    return tally.text(staff.acknowledged());
  }

  private void round(Round round) {
    progress.step("round " + (tally.rounds() + 1) + ", " + round.settings() + ":");
    for (int i = 0; i < round.starts(); i++) {
      killStart(round);
    }
    try (ServerProcess server = launch(round)) {
      server.awaitReady();
      startMillis = server.startUp().toMillis();
      progress.result(startMillis + " ms to start");
      attend(server, round);
    }
    graceful = round.ending().graceful();
    tally.round(round);
  }

  /// Verifies what a server has, and lets the writers work on it to its end.
  private void attend(ServerProcess server, Round round) {
    try {
      verify(server, round);
      work(server, round);
    } catch (DisconnectedException e) {
      String fate = server.isAlive() ? "has closed a connection" : "has ended by itself";
      throw new HarnessException("the server " + fate + "; it said:\n" + server.latest(), e);
    }
  }

  private void verifyAtLast() {
    Round round = Round.draw(random, plan.scale);
    progress.step("at last:");
    try (ServerProcess server = launch(round)) {
      server.awaitReady();
      verify(server, round);
      terminate(server);
    }
  }

  private void killStart(Round round) {
    try (ServerProcess server = launch(round)) {
      Pause.millis(random.nextLong(startMillis + startMillis / 4));
      server.kill();
    }
    tally.killedStart();
    progress.result("killed");
  }

  private ServerProcess launch(Round round) {
    data.keep();
    List<String> command = new ArrayList<>(plan.server);
    command.addAll(List.of("--port", "0", "--dir", data.path().toString()));
    command.addAll(List.of("--logfile", plan.directory.resolve("karst.log").toString()));
    command.addAll(round.options());
    return ServerProcess.launch("Karst", command, ReadyLine.karst(), children);
  }

  private void verify(ServerProcess server, Round round) {
    try (RespConnection connection = server.connect()) {
      SizeCheck sizes = new SizeCheck(connection, staff);
      Observation observation = new Census(connection, round.ordered()).take(Staff.DATABASES);
      staff.settle(observation, graceful);
      sizes.compare();
      if (round.expiry()) {
        sizes.awaitExpiry();
      }
      tally.read(observation.size());
      progress.result(String.format(Locale.ROOT, "%,d keys right", observation.size()));
    }
  }

  private void work(ServerProcess server, Round round) {
    Crew crew = Crew.start(staff.writers(), server.port());
    try (RespConnection connection = server.connect()) {
      int first = Math.min(round.checkpointMillis(), round.loadMillis());
      crew.work(first);
      if (first < round.loadMillis()) {
        connection.ask("BGSAVE");
        crew.work(round.loadMillis() - first);
      }
      if (round.ending() == Ending.KILL_IN_CHECKPOINT) {
        connection.ask("BGSAVE");
        crew.work(round.pauseMillis());
      }
    }
    crew.expectEnd();
    end(server, round);
    crew.awaitEnd();
  }

  private void end(ServerProcess server, Round round) {
    switch (round.ending()) {
      case KILL, KILL_IN_CHECKPOINT -> server.kill();
      case KILL_AT_END -> {
        server.terminate();
        Pause.millis(round.pauseMillis());
        server.kill();
      }
      case TERMINATE -> terminate(server);
    }
    progress.result(round.ending().text());
  }

  private static void terminate(ServerProcess server) {
    server.terminate();
    int code = server.awaitEnd();
    if (code != 0) {
      throw new HarnessException(
          "the server was told to end, and ended with code "
              + code
              + "; it said:\n"
              + server.latest());
    }
  }
}
