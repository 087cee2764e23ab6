package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.LossException;
import io.karst.bench.ledger.Request;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/// A client that sends requests in pipelines of all lengths, and checks every answer.
///
/// Thread: one at a time.
final class Writer {
  private static final int PIPELINE_MAX = 64;
  private static final long PIPELINE_SIZE_MAX = 128 << 10;

  /// A writer without a promise asks for one once in so many pipelines.
  private static final int WAIT_PERIOD = 20;

  private static final Answer ON_DISK =
      new Answer.Many(List.of(new Answer.Whole(1), new Answer.Whole(0)));

  /// What a server answers that ends meanwhile: nothing is promised.
  private static final Answer NOT_ON_DISK =
      new Answer.Many(List.of(new Answer.Whole(0), new Answer.Whole(0)));

  private final Ledger ledger;
  private final Load load;
  private final Level level;
  private final SplittableRandom random;

  Writer(Ledger ledger, Load load, Level level, SplittableRandom random) {
    this.ledger = ledger;
    this.load = load;
    this.level = level;
    this.random = random;
  }

  Ledger ledger() {
    return ledger;
  }

  /// Works until the server goes.
  ///
  /// - `ending`: whether it may go: what has not been answered then may have happened or not.
  /// - throws [LossException] or [HarnessException] if an answer is wrong or does not come.
  void run(int port, AtomicBoolean ending) {
    try (RespConnection connection = new RespConnection(port)) {
      if (level != Level.DEFAULT) {
        connection.call("CLIENT", "DURABILITY", level.name());
      }
      Conversation conversation = new Conversation(connection, ending);
      while (true) {
        conversation.pipeline();
      }
    } catch (DisconnectedException e) {
      if (!ending.get()) {
        throw e;
      }
    }
  }

  /// What goes over one connection.
  private final class Conversation {
    private final RespConnection connection;
    private final AtomicBoolean ending;
    private final ArrayDeque<Boolean> unanswered = new ArrayDeque<>();
    private int database;

    private Conversation(RespConnection connection, AtomicBoolean ending) {
      this.connection = connection;
      this.ending = ending;
    }

    private void pipeline() {
      long size = 0;
      for (int i = random.nextInt(PIPELINE_MAX); i >= 0 && size < PIPELINE_SIZE_MAX; i--) {
        Request request = load.next(random, ledger);
        ledger.sent(request);
        send(request);
        size += request.words().stream().mapToLong(String::length).sum();
      }
      while (!unanswered.isEmpty()) {
        Answer answer = connection.answer();
        if (unanswered.remove()) {
          ledger.answered(answer);
          promised();
        } else if (!answer.equals(Answer.ok())) {
          throw new LossException("SELECT is answered with " + answer.shown());
        }
      }
      if (level == Level.NONE && random.nextInt(WAIT_PERIOD) == 0) {
        awaitDisk();
      }
    }

    private void send(Request request) {
      if (request.database() != database) {
        database = request.database();
        connection.send(List.of("SELECT", Integer.toString(database)));
        unanswered.add(false);
      }
      connection.send(request.words());
      unanswered.add(true);
    }

    /// Whoever is promised something is told when it is safe, and not before.
    private void promised() {
      if (level != Level.NONE) {
        ledger.safe(ledger.answered());
      }
    }

    private void awaitDisk() {
      Answer answer = connection.ask("WAITAOF", "1", "0", "0");
      if (answer.equals(NOT_ON_DISK) && ending.get()) {
        return;
      }
      if (!answer.equals(ON_DISK)) {
        throw new HarnessException("WAITAOF is answered with " + answer.shown());
      }
      ledger.safe(ledger.answered());
    }
  }
}
