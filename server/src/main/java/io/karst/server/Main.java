package io.karst.server;

import io.karst.base.Clock;
import io.karst.base.Fault;
import io.karst.engine.Engine;
import io.karst.history.DamagedLogException;
import io.karst.history.UnusableLogException;
import io.karst.lsm.DamagedException;
import io.karst.server.config.CommandLine;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.ProcessDirectives;
import io.karst.server.info.Version;
import io.karst.server.log.Logs;
import io.karst.server.session.Endpoints;
import io.karst.server.session.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process: `./karst server [file] [--name value ...]`.
///
/// Prints one line to standard output when clients can connect; the log goes elsewhere. It ends
/// with code 0 when it was told to (`SHUTDOWN`, SIGTERM, SIGINT), 1 when it could not start, and
/// another one when it could not go on ([ProcessEnd]).
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final int CANNOT_START = 1;

  private Main() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      Usage.print(System.out);
    } else if (words.contains("--version") || words.contains("-v")) {
      System.out.println("karst " + Version.KARST);
    } else {
      start(words);
    }
  }

  private static void start(List<String> words) {
    try {
      CommandLine line = CommandLine.parse(words);
      Config config = line.config();
      Logs.follow(config);
      config.takeWarnings().forEach(LOG::warn);
      ProcessEnd end = ProcessEnd.install();
      RunningServer running = RunningServer.open(config, Clock.system(), line.imported());
      end.follow(running);
      end.remove(PidFile.write(config.value(ProcessDirectives.PIDFILE)));
      announce(running.server(), System.out);
    } catch (ConfigException wrong) {
      stop(wrong.line());
    } catch (DamagedLogException damaged) {
      stop(damaged.getMessage() + "; '--salvage yes' starts without what comes after that");
    } catch (UncheckedIOException cannot) {
      IOException cause = cannot.getCause();
      stop(String.valueOf(cause == null ? cannot.getMessage() : cause.getMessage()));
    } catch (IOException
        | IllegalStateException
        | DamagedException
        | UnusableLogException
        | Fault cannot) {
      stop(String.valueOf(cannot.getMessage()));
    }
  }

  private static void announce(Server server, PrintStream out) {
    long nowMillis = System.currentTimeMillis();
    long beginMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
    out.printf(
        Locale.ROOT,
        "Karst %s ready on %s, %s, %s, %s, in %d ms%n",
        Version.KARST,
        places(server.endpoints()),
        server.membership() == null ? "standalone" : "cluster",
        server.endpoints().transport(),
        data(server),
        nowMillis - beginMillis);
    out.flush();
  }

  /// The first address of each kind.
  private static String places(Endpoints endpoints) {
    StringJoiner places = new StringJoiner(", ");
    for (Endpoints.Listener listener : endpoints.listeners()) {
      String prefix = listener.name().equals("tls") ? "tls " : "";
      places.add(prefix + listener.addresses().getFirst().text());
    }
    return places.toString();
  }

  private static String data(Server server) {
    Engine engine = server.engine();
    if (!engine.tiered()) {
      return "memory only";
    }
    long keys = 0;
    for (int database = 0; database < engine.databases(); database++) {
      keys += engine.size(database);
    }
    String directory = server.config().text(DiskDirectives.DIR);
    return keys + " keys in " + directory + " (" + engine.replayed() + " changes replayed)";
  }

  private static void stop(String line) {
    System.err.println("karst: " + line);
    Runtime.getRuntime().halt(CANNOT_START);
  }
}
