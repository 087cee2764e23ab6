package io.karst.server.info;

import io.karst.server.config.NetworkDirectives;
import io.karst.server.insight.ProcessUsage;
import io.karst.server.session.Endpoints;
import io.karst.server.session.Server;
import java.nio.file.Path;
import java.util.Locale;

/// `Server` and `CPU`: the process.
final class ProcessSections {
  private static final int SECONDS_PER_DAY = 24 * 60 * 60;

  /// What Redis says of itself if it was not built from a repository; some clients ask for it.
  private static final String NO_COMMIT = "00000000";

  private ProcessSections() {}

  static void server(Server server, InfoText text) {
    long nowMillis = server.clock().wallMillis();
    long uptime = Math.max(0, nowMillis - server.startedMillis()) / 1000;
    Path file = server.config().file();
    text.field("redis_version", Version.REDIS);
    text.field("karst_version", Version.KARST);
    text.field("redis_git_sha1", NO_COMMIT);
    text.field("redis_git_dirty", 0);
    text.field("redis_build_id", Version.KARST);
    text.field("redis_mode", server.membership() == null ? "standalone" : "cluster");
    text.field(
        "os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    text.field("arch_bits", 64);
    text.field("multiplexing_api", server.endpoints().transport());
    text.field("java_version", property("java.version"));
    text.field("java_vm", property("java.vm.name") + " " + property("java.vm.version"));
    text.field("process_id", ProcessHandle.current().pid());
    text.field("process_supervised", "no");
    text.field("run_id", RunId.value());
    text.field("tcp_port", server.port());
    text.field("server_time_usec", server.clock().wallMicros());
    text.field("uptime_in_seconds", uptime);
    text.field("uptime_in_days", uptime / SECONDS_PER_DAY);
    text.field("executable", ProcessHandle.current().info().command().orElse(""));
    text.field("config_file", file == null ? "" : file.toString());
    text.field(
        "io_threads_active", server.config().value(NetworkDirectives.IO_THREADS) > 1 ? 1 : 0);
    listeners(server.endpoints(), text);
  }

  private static void listeners(Endpoints endpoints, InfoText text) {
    int number = 0;
    for (Endpoints.Listener listener : endpoints.listeners()) {
      StringBuilder value = new StringBuilder("name=").append(listener.name());
      for (Endpoints.Address address : listener.addresses()) {
        value.append(",bind=").append(address.host());
      }
      if (listener.port() != 0) {
        value.append(",port=").append(listener.port());
      }
      text.field("listener" + number++, value.toString());
    }
  }

  static void cpu(Server server, InfoText text) {
    ProcessUsage.ProcessorTime time = ProcessUsage.processorTime();
    text.field("used_cpu_sys", seconds(time.systemSeconds()));
    text.field("used_cpu_user", seconds(time.userSeconds()));
    text.field("used_cpu_sys_children", seconds(0));
    text.field("used_cpu_user_children", seconds(0));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.6f", seconds);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
