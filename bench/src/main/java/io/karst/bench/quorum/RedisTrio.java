package io.karst.bench.quorum;

import io.karst.bench.cluster.Ports;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.ReadyLine;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.quorum.RespTalker.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Redis that syncs every write, and two replicas of it. `WAIT 1` after a write waits until one
/// of them has it, in memory.
final class RedisTrio implements Trio {
  private static final int COUNT = 3;
  private static final int SECONDS_MAX = 60;
  private static final int STEP_MILLIS = 20;

  private final List<ServerProcess> servers = new ArrayList<>();
  private final Seeds seeds = new Seeds();

  RedisTrio(Path directory, Children children) {
    List<Integer> ports = Ports.free(COUNT);
    try {
      for (int i = 0; i < COUNT; i++) {
        servers.add(start(ports, i, directory, children));
      }
      awaitReplicas();
    } catch (HarnessException e) {
      close();
      throw e;
    }
  }

  private static ServerProcess start(
      List<Integer> ports, int number, Path directory, Children children) {
    Path data = directory.resolve("redis-" + number);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new HarnessException("cannot write to " + directory, e);
    }
    int port = ports.get(number);
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", data.toString(), "--save", ""));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
    command.addAll(List.of("--repl-diskless-sync-delay", "0"));
    if (number > 0) {
      command.addAll(List.of("--replicaof", "127.0.0.1 " + ports.getFirst()));
    }
    return ServerProcess.start("Redis " + number, command, ReadyLine.redis(port), children);
  }

  private void awaitReplicas() {
    try (RespConnection connection = servers.getFirst().connect()) {
      for (int i = 0; i < SECONDS_MAX * 1000 / STEP_MILLIS; i++) {
        connection.call("SET", "begin", "1");
        Answer both = connection.ask("WAIT", Integer.toString(COUNT - 1), "1000");
        if (both.equals(new Answer.Whole(COUNT - 1))) {
          return;
        }
        Pause.millis(STEP_MILLIS);
      }
    }
    throw new HarnessException("the replicas of Redis do not come");
  }

  @Override
  public String title() {
    return "Redis, WAIT 1";
  }

  /// There is no read that sees all that was acknowledged, whatever fails.
  @Override
  public boolean offers(Request request) {
    return request != Request.READ;
  }

  @Override
  public Talker talker(Request request, Keys keys) throws IOException {
    List<List<String>> commands =
        request == Request.WRITE
            ? List.of(List.of("SET", "KEY", "VALUE"), List.of("WAIT", "1", "10000"))
            : List.of(List.of("GET", "KEY"));
    ServerProcess server = request == Request.STALE_READ ? servers.getLast() : servers.getFirst();
    return new RespTalker(server.port(), new Load(List.of(), commands, keys), seeds.next());
  }

  @Override
  public void close() {
    servers.reversed().forEach(ServerProcess::close);
  }
}
