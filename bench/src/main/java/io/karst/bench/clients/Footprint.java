package io.karst.bench.clients;

import io.karst.bench.harness.Children;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.harness.ServerProcess;
import io.karst.bench.harness.Settling;
import io.karst.bench.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the process of a server holds once its garbage is collected.
///
/// - `files`: open descriptors.
/// - `heap`: bytes of it that are in use.
/// - `other`: resident bytes besides those the heap has taken from the system.
record Footprint(long files, long threads, long heap, long other) {
  /// Looks at a server, which must be idle.
  static Footprint of(ServerProcess server, Children children) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Tool.output(children, List.of(jcmd, Long.toString(server.pid()), "GC.run"));
    long resident = Settling.residentBytes(server);
    try (RespConnection connection = server.connect()) {
      String memory = connection.call("INFO", "memory");
      return new Footprint(
          entries(server, "fd"),
          entries(server, "task"),
          figure("jvm_heap_used", memory),
          resident - figure("jvm_heap_committed", memory));
    }
  }

  /// A figure of what `INFO` answers.
  static long figure(String name, String info) {
    Matcher found = Pattern.compile("(?m)^" + name + ":(\\d+)").matcher(info);
    if (!found.find()) {
      throw new HarnessException("INFO has no " + name);
    }
    return Long.parseLong(found.group(1));
  }

  private static long entries(ServerProcess server, String folder) {
    Path directory = Path.of("/proc", Long.toString(server.pid()), folder);
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    } catch (IOException e) {
      throw new HarnessException("cannot read " + directory, e);
    }
  }
}
