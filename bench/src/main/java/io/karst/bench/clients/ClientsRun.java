package io.karst.bench.clients;

import io.karst.bench.clients.Churn.Door;
import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Launcher;
import io.karst.bench.harness.ReadyLine;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A server that masses of clients visit, and what it has left of them.
///
/// What a server makes once, it makes for the first of them: pools grow to what the largest crowd
/// needs, code is compiled. So it is looked at first when a crowd has been there and has gone, and
/// again after all the others.
///
/// - `server`: the command that starts one, to which options are added.
/// - `directory`: for the certificate; it has to be there.
public record ClientsRun(List<String> server, Path directory, Children children, PrintStream out) {
  /// How many clients more a server takes than there are at once.
  private static final int SPARE = 100;

  private static final int GONE_SECONDS = 60;
  private static final int STEP_MILLIS = 50;

  /// Of the clients that come and go, one in so many comes before the first look.
  private static final int FIRST_PART = 20;

  /// Descriptors and threads that may be there by chance.
  private static final int CHANCE = 10;

  /// What was there before the clients, and what is there after them.
  public record Outcome(List<String> lines, List<String> left) {}

  /// - throws [HarnessException] if a client is not served.
  public Outcome run(ClientsPlan plan) {
    Certificate certificate = Certificate.make(directory, children);
    int encryptedPort = Launcher.freePort();
    List<String> command = new ArrayList<>(server);
    command.addAll(options(plan, certificate, encryptedPort));
    try (ServerProcess process =
        ServerProcess.start("karst", command, ReadyLine.karst(), children)) {
      Door plain = () -> Guest.plain(process.port());
      Door encrypted = () -> Guest.encrypted(encryptedPort, certificate.client());
      masses(process, plan);
      comeAndGo(process, "plain", plain, plan.plain() / FIRST_PART);
      comeAndGo(process, "encrypted", encrypted, plan.encrypted() / FIRST_PART);
      Footprint before = Footprint.of(process, children);
      comeAndGo(process, "plain", plain, plan.plain());
      comeAndGo(process, "encrypted", encrypted, plan.encrypted());
      masses(process, plan);
      Footprint after = Footprint.of(process, children);
      return outcome(before, after, plan.growthMax());
    }
  }

  private static List<String> options(ClientsPlan plan, Certificate certificate, int port) {
    int clients = Math.max(plan.present(), plan.listeners()) + SPARE;
    return List.of(
        "--memory-only",
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(Launcher.freePort()),
        "--maxclients",
        Integer.toString(clients),
        "--tls-port",
        Integer.toString(port),
        "--tls-cert-file",
        certificate.certificate().toString(),
        "--tls-key-file",
        certificate.key().toString(),
        "--tls-auth-clients",
        "no");
  }

  private void masses(ServerProcess process, ClientsPlan plan) {
    long resident = process.residentBytes();
    long begin = System.nanoTime();
    try (Crowd crowd = new Crowd(process.port(), plan.present())) {
      long each = Math.max(0, process.residentBytes() - resident) / plan.present();
      out.println(plan.present() + " connections at once, " + each + " bytes each");
      crowd.ping();
    }
    awaitAlone(process);
    out.println("  all gone after " + seconds(begin));
    begin = System.nanoTime();
    try (Crowd crowd = new Crowd(process.port(), plan.listeners());
        RespConnection publisher = process.connect()) {
      crowd.listen(publisher, plan.messages());
      out.println(
          plan.listeners()
              + " listeners of one channel have got "
              + plan.messages()
              + " messages each after "
              + seconds(begin));
    }
    awaitAlone(process);
  }

  private void comeAndGo(ServerProcess process, String kind, Door door, int count) {
    long begin = System.nanoTime();
    long micros = process.cpuMicros();
    Churn.run(door, count);
    long each = (process.cpuMicros() - micros) / count;
    out.println(
        count
            + " "
            + kind
            + " clients came and went in "
            + seconds(begin)
            + ", "
            + each
            + " processor microseconds each");
    awaitAlone(process);
  }

  private static String seconds(long beginNanos) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - beginNanos) / 1e9);
  }

  /// Waits until the server knows of no client but the one that asks.
  private static void awaitAlone(ServerProcess process) {
    try (RespConnection connection = process.connect()) {
      long clients = -1;
      for (int i = 0; i < GONE_SECONDS * 1000 / STEP_MILLIS; i++) {
        clients = Footprint.figure("connected_clients", connection.call("INFO", "clients"));
        if (clients == 1) {
          return;
        }
        Thread.sleep(STEP_MILLIS);
      }
      throw new HarnessException(clients - 1 + " clients have gone, and are still counted");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException("interrupted");
    }
  }

  private static Outcome outcome(Footprint before, Footprint after, ClientsPlan.Growth growthMax) {
    List<String> lines = new ArrayList<>();
    List<String> left = new ArrayList<>();
    compare("open files", before.files(), after.files(), CHANCE, lines, left);
    compare("threads", before.threads(), after.threads(), CHANCE, lines, left);
    compare("heap in use", before.heap(), after.heap(), growthMax.heap(), lines, left);
    compare("besides the heap", before.other(), after.other(), growthMax.other(), lines, left);
    return new Outcome(lines, left);
  }

  private static void compare(
      String what, long before, long after, long most, List<String> lines, List<String> left) {
    String line = what + ": " + before + ", " + after;
    lines.add(line);
    if (after - before > most) {
      left.add(line + "; it may be " + most + " more");
    }
  }
}
