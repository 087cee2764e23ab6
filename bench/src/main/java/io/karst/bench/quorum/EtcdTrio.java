package io.karst.bench.quorum;

import io.karst.bench.cluster.Ports;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.Tool;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three nodes of etcd as they are by default. Clients speak to the one that leads.
final class EtcdTrio implements Trio {
  private static final String PROGRAM = "etcd";
  private static final int COUNT = 3;
  private static final int SECONDS_MAX = 60;
  private static final int STEP_MILLIS = 50;

  private final Children children;
  private final List<Integer> ports;
  private final List<Process> processes = new ArrayList<>();
  private final Seeds seeds = new Seeds();
  private int leader;

  EtcdTrio(Path directory, Children children) {
    this.children = children;
    List<Integer> all = Ports.free(2 * COUNT);
    ports = all.subList(0, COUNT);
    List<Integer> peers = all.subList(COUNT, all.size());
    String cluster =
        IntStream.range(0, COUNT)
            .mapToObj(i -> "n" + i + "=" + url(peers.get(i)))
            .collect(Collectors.joining(","));
    try {
      for (int i = 0; i < COUNT; i++) {
        processes.add(start(i, peers.get(i), cluster, directory));
      }
      awaitLeader();
    } catch (HarnessException e) {
      close();
      throw e;
    }
  }

  /// The version, or an empty text if there is none.
  static String version(Children children) {
    try {
      String said = Tool.output(children, List.of(PROGRAM, "--version"));
      return said.replaceFirst("(?s)^.*etcd Version: (\\S+).*", "$1").strip();
    } catch (HarnessException e) {
      return "";
    }
  }

  private Process start(int number, int peer, String cluster, Path directory) {
    String client = url(ports.get(number));
    List<String> command = new ArrayList<>(List.of(PROGRAM, "--name", "n" + number));
    command.addAll(List.of("--data-dir", directory.resolve("etcd-" + number).toString()));
    command.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
    command.addAll(List.of("--listen-peer-urls", url(peer)));
    command.addAll(List.of("--initial-advertise-peer-urls", url(peer)));
    command.addAll(List.of("--initial-cluster", cluster, "--initial-cluster-state", "new"));
    return children.start(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(directory.resolve("etcd-" + number + ".log").toFile())));
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private void awaitLeader() {
    for (int i = 0; i < SECONDS_MAX * 1000 / STEP_MILLIS; i++) {
      for (int port : ports) {
        if (EtcdTalker.leads(port)) {
          leader = port;
          return;
        }
      }
      Pause.millis(STEP_MILLIS);
    }
    throw new HarnessException("etcd has no leader after " + SECONDS_MAX + " s");
  }

  @Override
  public String title() {
    return PROGRAM;
  }

  @Override
  public boolean offers(Request request) {
    return true;
  }

  @Override
  public Talker talker(Request request, Keys keys) throws IOException {
    int follower = ports.stream().filter(port -> port != leader).findFirst().orElseThrow();
    return switch (request) {
      case WRITE -> new EtcdTalker(leader, EtcdTalker.Load.PUT, keys, seeds.next());
      case READ -> new EtcdTalker(leader, EtcdTalker.Load.LINEARIZABLE, keys, seeds.next());
      case STALE_READ -> new EtcdTalker(follower, EtcdTalker.Load.SERIALIZABLE, keys, seeds.next());
    };
  }

  @Override
  public void close() {
    processes.forEach(children::stop);
  }
}
