package io.karst.bench.faults;

import io.karst.bench.cluster.ClusterClient;
import io.karst.bench.cluster.Reply;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Pause;
import io.karst.bench.history.HistoryFile;
import io.karst.bench.history.Linearizability;
import io.karst.bench.history.Model;
import io.karst.bench.history.Operation;
import io.karst.bench.history.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// The few keys of a round that all clients want, and what happened to them.
///
/// Clients are thread-safe among each other.
final class Contest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SECONDS_MAX = 60;
  private static final int REST_MILLIS_MAX = 6;

  private final List<Subject> subjects = new ArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();

  /// A key, and what happened to it.
  private record Subject(String key, Kind kind, List<Operation> history) {
    private synchronized void add(Operation one) {
      history.add(one);
    }
  }

  /// What the histories turned out to be.
  record Outcome(int keys, long operations, int undecided) {}

  /// - `name`: which no other contest has.
  Contest(String name) {
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < 2; i++) {
        subjects.add(new Subject(name + ":" + kind + i, kind, new ArrayList<>()));
      }
    }
  }

  /// Another client.
  Client client(ClusterClient connection, Counts counts, RandomGenerator random) {
    return new Competitor(clients.getAndIncrement(), connection, counts, random);
  }

  private final class Competitor implements Client {
    private final int number;
    private final ClusterClient connection;
    private final Counts counts;
    private final RandomGenerator random;
    private int values;

    private Competitor(
        int number, ClusterClient connection, Counts counts, RandomGenerator random) {
      this.number = number;
      this.connection = connection;
      this.counts = counts;
      this.random = random;
    }

    @Override
    public void step() {
      Subject subject = subjects.get(random.nextInt(subjects.size()));
      String unique = number + "." + values++;
      List<String> words = subject.kind.command(subject.key, unique, random);
      long callNanos = System.nanoTime();
      switch (connection.ask(words)) {
        case Reply.Done(Answer answer) -> {
          subject.add(new Operation(number, words, answer, callNanos, System.nanoTime()));
          counts.done.increment();
        }
        case Reply.Unknown _ -> {
          subject.add(Operation.open(number, words, callNanos));
          counts.unknown.increment();
        }
        case Reply.Refused _ -> counts.refused.increment();
      }
      Pause.millis(random.nextInt(REST_MILLIS_MAX));
    }

    @Override
    public void end() {
      connection.close();
    }
  }

  /// Reads all keys once more, and decides whether everything was right; nobody is at work.
  ///
  /// - `directory`: for histories that are not.
  /// - throws [Violation] if one was wrong.
  Outcome judge(ClusterClient connection, Path directory, String seed) {
    int undecided = 0;
    long operations = 0;
    for (Subject subject : subjects) {
      List<String> words = subject.kind.reading(subject.key);
      long callNanos = System.nanoTime();
      Answer answer = connection.insist(words, SECONDS_MAX);
      subject.add(new Operation(-1, words, answer, callNanos, System.nanoTime()));
      operations += subject.history.size();
      undecided += judge(subject, subject.kind.model(), directory, seed) ? 0 : 1;
    }
    return new Outcome(subjects.size(), operations, undecided);
  }

  /// Returns whether it was decided.
  private static <S> boolean judge(Subject subject, Model<S> model, Path directory, String seed) {
    Verdict verdict = new Linearizability<>(model, PATIENCE).check(subject.history);
    return switch (verdict) {
      case Verdict.Linearizable _ -> true;
      case Verdict.Undecided _ -> {
        write(subject, directory, "not decided: " + verdict + "\n" + seed);
        yield false;
      }
      case Verdict.Violated(String where) -> {
        Path file = write(subject, directory, "not linearizable\n" + seed + "\n" + where);
        throw new Violation(
            subject.key + " has a history that is not linearizable: " + file + "\n" + where);
      }
    };
  }

  private static Path write(Subject subject, Path directory, String heading) {
    Path file = directory.resolve("history-" + subject.key.replace(':', '-') + ".txt");
    HistoryFile.write(file, heading, subject.history);
    return file;
  }
}
