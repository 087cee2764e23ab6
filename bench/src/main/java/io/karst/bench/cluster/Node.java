package io.karst.bench.cluster;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.DataDirectory;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.ReadyLine;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Tool;
import io.karst.bench.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A member of a cluster: a directory, ports, and now and then a process.
///
/// Thread: the rounds'; anybody may connect.
public final class Node implements AutoCloseable {
  private final Settings settings;
  private final Children children;
  private final @Nullable Network network;
  private @Nullable ServerProcess process;
  private boolean paused;

  /// How often it has begun anew with nothing.
  private final AtomicInteger lives = new AtomicInteger();

  /// Whether there should be a process.
  private boolean wanted;

  /// - `number`: of the node, from 0 on.
  /// - `command`: what starts a server, its options to follow.
  /// - `announced`: the port that the others are told for their traffic.
  public record Settings(
      int number, List<String> command, Path directory, int port, int busPort, int announced) {
    public Settings {
      command = List.copyOf(command);
    }
  }

  Node(Settings settings, Children children, @Nullable Network network) {
    this.settings = settings;
    this.children = children;
    this.network = network;
  }

  public int number() {
    return settings.number;
  }

  public int port() {
    return settings.port;
  }

  /// Whether there is a process that is not stopped.
  public boolean runs() {
    ServerProcess running = process;
    return running != null && running.isAlive() && !paused;
  }

  /// Whether there is a process.
  public boolean isUp() {
    ServerProcess running = process;
    return running != null && running.isAlive();
  }

  /// Starts a process and returns at once.
  public void launch() {
    List<String> command = new ArrayList<>(settings.command);
    command.addAll(List.of("--port", Integer.toString(settings.port)));
    command.addAll(List.of("--dir", data().toString()));
    command.addAll(List.of("--logfile", log().toString()));
    command.addAll(List.of("--cluster-enabled", "yes"));
    command.addAll(List.of("--cluster-port", Integer.toString(settings.busPort)));
    command.addAll(List.of("--cluster-announce-bus-port", Integer.toString(settings.announced)));
    ServerProcess launched =
        ServerProcess.launch("node " + settings.number, command, ReadyLine.karst(), children);
    process = launched;
    wanted = true;
    if (network != null) {
      network.attach(settings.number, launched.pid());
    }
  }

  /// Waits until it answers.
  public void awaitReady() {
    running().awaitReady();
  }

  /// Ends it without a chance to do anything more.
  public void kill() {
    wanted = false;
    running().kill();
    paused = false;
  }

  /// Asks it to end, and waits until it has.
  public void end() {
    wanted = false;
    running().terminate();
    running().awaitEnd();
  }

  /// Stops it where it is; for others it looks like a machine that does not answer.
  public void pause() {
    signal("STOP");
    paused = true;
  }

  public void resume() {
    signal("CONT");
    paused = false;
  }

  /// Deletes all it has; there must be no process.
  public void forget() {
    try {
      DataDirectory.delete(data());
      lives.incrementAndGet();
    } catch (IOException e) {
      throw new HarnessException("cannot delete " + data(), e);
    }
  }

  /// Brings it back, whatever was done to it.
  ///
  /// - throws [HarnessException] if it has ended by itself.
  public void restore() {
    if (paused) {
      resume();
    }
    check();
    if (!isUp()) {
      launch();
    }
  }

  /// - throws [HarnessException] if it has ended by itself.
  public void check() {
    if (wanted && !isUp()) {
      throw new HarnessException(
          "node " + settings.number + " has ended by itself; it said:\n" + latest());
    }
  }

  /// Another number after it has forgotten everything.
  public int life() {
    return lives.get();
  }

  public RespConnection connect(int replyMillis) {
    return new RespConnection(settings.port, replyMillis);
  }

  public long pid() {
    return running().pid();
  }

  /// The latest lines of its output.
  public String latest() {
    return process == null ? "" : process.latest();
  }

  public Path log() {
    return settings.directory.resolve("node-" + settings.number + ".log");
  }

  public Path data() {
    return settings.directory.resolve("node-" + settings.number);
  }

  @Override
  public void close() {
    if (paused) {
      resume();
    }
    if (process != null) {
      process.close();
    }
  }

  private void signal(String name) {
    Tool.output(children, List.of("sh", "-c", "kill -" + name + " " + running().pid()));
  }

  private ServerProcess running() {
    ServerProcess running = process;
    if (running == null) {
      throw new HarnessException("node " + settings.number + " has no process");
    }
    return running;
  }
}
