package io.karst.bench.durable;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Asks a server that is only starting for a key, until it has it.
///
/// - `key`: one that is there, with a value as [io.karst.bench.load.RedisBenchmark] has them.
record FirstAnswer(ServerProcess server, int port, String key) {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long END_NANOS = TimeUnit.MINUTES.toNanos(5);

  /// Returns how long it took since the start of the process, in milliseconds.
  ///
  /// - throws [HarnessException] if the answer is wrong, or none comes for five minutes.
  double await() {
    while (server.age().toNanos() < END_NANOS) {
      if (answered()) {
        return server.age().toNanos() / 1e6;
      }
      if (!server.isAlive()) {
        throw new HarnessException(server.name() + " has ended; it said:\n" + server.latest());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new HarnessException(server.name() + " has not answered for minutes");
  }

  /// Whether it has; not, if it cannot be connected to yet or is loading.
  private boolean answered() {
    try (RespConnection connection = new RespConnection(port)) {
      Answer answer = connection.ask("GET", key);
      return switch (answer) {
        case Answer.Bulk reply when reply.value().startsWith("xxx") -> true;
        case Answer.Failure reply when reply.text().startsWith("LOADING") -> false;
        default -> throw new HarnessException("GET " + key + " is answered with " + answer.shown());
      };
    } catch (DisconnectedException e) {
      return false;
    }
  }
}
