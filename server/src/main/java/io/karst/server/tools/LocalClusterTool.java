package io.karst.server.tools;

import io.karst.server.Main;
import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./karst cluster local`: a cluster on this machine, each member a process of its own, which ends
/// and leaves nothing behind when this one does.
@Command(
    name = "local",
    description = "Runs a cluster on this machine, to try, until it is interrupted.")
final class LocalClusterTool implements Callable<Integer> {
  private static final String HOST = "127.0.0.1";
  private static final int CLUSTER_PORT_DISTANCE = 10_000;
  private static final int MEMBERS_MAX = 9;
  private static final int MEMBERS_OF_SHARD = 3;
  private static final long LOOK_MILLIS = 200;
  private static final long FORMING_SECONDS = 90;
  private static final long ENDING_SECONDS = 15;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "MEMBERS", defaultValue = "3", description = "how many (default: 3)")
  private int count;

  @Option(
      names = "--shards",
      paramLabel = "SHARDS",
      description = "among how many shards they are divided (default: as many as have three)")
  private @Nullable Integer shards;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "7101",
      description = "the first member's; the others have those behind it (default: 7101)")
  private int port;

  private final List<Process> processes = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1 || count > MEMBERS_MAX) {
      throw new ParameterException(spec.commandLine(), "a number from 1 to " + MEMBERS_MAX);
    }
    int voters = voters();
    checkPorts();
    Path directory = Files.createTempDirectory("karst-cluster-");
    Thread end = new Thread(() -> end(directory), "end");
    Runtime.getRuntime().addShutdownHook(end);
    for (int i = 0; i < count; i++) {
      processes.add(start(directory.resolve("member-" + (i + 1)), port + i, voters));
    }
    awaitFormed(directory);
    announce(spec.commandLine().getOut());
    for (Process process : processes) {
      var _ = process.waitFor();
    }
    return 0;
  }

  private int voters() {
    int wanted = shards == null ? Math.max(1, count / MEMBERS_OF_SHARD) : shards;
    int voters = voters(count, wanted);
    if (voters == 0) {
      throw new ParameterException(
          spec.commandLine(), count + " members cannot be " + wanted + " shards");
    }
    return voters;
  }

  /// How many members of a shard have to count for majorities so that so many shards are formed; 0
  /// if there is no such number.
  static int voters(int members, int wanted) {
    int voters = wanted < 1 ? 0 : members / wanted;
    return voters > 0 && members / voters == wanted ? voters : 0;
  }

  private void checkPorts() throws IOException {
    for (int i = 0; i < count; i++) {
      for (int each : new int[] {port + i, port + i + CLUSTER_PORT_DISTANCE}) {
        try (ServerSocket _ = new ServerSocket(each, 1, InetAddress.getLoopbackAddress())) {
          // It is free.
        } catch (IllegalArgumentException | IOException taken) {
          throw new IOException("port " + each + " cannot be had; --port takes others", taken);
        }
      }
    }
  }

  /// A server with the flags of this process.
  ///
  /// - `voters`: members of a shard that count for majorities.
  private Process start(Path directory, int memberPort, int voters) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(List.of("--port", Integer.toString(memberPort), "--bind", HOST));
    words.addAll(List.of("--dir", directory.toString(), "--cluster-enabled", "yes"));
    words.addAll(List.of("--cluster-seeds", seeds()));
    words.addAll(List.of("--cluster-replication-factor", Integer.toString(voters)));
    Files.createDirectories(directory);
    File log = directory.resolve("log").toFile();
    return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log).start();
  }

  private String seeds() {
    return IntStream.range(port, port + count)
        .mapToObj(each -> HOST + ":" + (each + CLUSTER_PORT_DISTANCE))
        .collect(Collectors.joining(","));
  }

  private void awaitFormed(Path directory) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FORMING_SECONDS);
    for (int i = 0; i < count; i++) {
      while (!isFormed(port + i)) {
        boolean ended = processes.get(i).waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          Path log = directory.resolve("member-" + (i + 1)).resolve("log");
          throw new IOException("the member has not started:\n" + Files.readString(log));
        }
      }
    }
  }

  private static boolean isFormed(int memberPort) {
    try (RespClient client = RemoteStore.connect(HOST, memberPort, null, null)) {
      return client.ask("CLUSTER", "INFO") instanceof Answer.Bulk bulk
          && bulk.bytes() != null
          && bulk.bytes().utf8().contains("cluster_state:ok");
    } catch (IOException notYet) {
      return false;
    }
  }

  private void announce(PrintWriter out) throws IOException {
    out.println("A cluster of " + count + " on this machine:");
    try (RespClient client = RemoteStore.connect(HOST, port, null, null)) {
      for (ClusterMember member : ClusterMember.all(client)) {
        out.println(
            "  "
                + member.address()
                + "  shard "
                + member.shard()
                + " ("
                + member.slots()
                + "), "
                + member.role());
      }
    }
    out.println("Connect:     redis-cli -c -p " + port);
    out.println("Look at it:  ./karst cluster status --port " + port);
    out.println("Ctrl-C ends it, and removes what it has kept.");
    out.flush();
  }

  private void end(Path directory) {
    processes.forEach(Process::destroy);
    try {
      for (Process process : processes) {
        if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remove(directory);
  }

  private static void remove(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException cannot) {
      System.err.println("karst: cannot remove " + directory + ": " + cannot.getMessage());
    }
  }
}
