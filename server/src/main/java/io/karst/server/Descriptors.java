package io.karst.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.karst.server.config.BadValueException;
import io.karst.server.config.ClientDirectives;
import io.karst.server.config.Config;
import io.karst.server.config.ConfigException;
import io.karst.server.config.DiskDirectives;
import io.karst.server.config.Guard;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files and sockets that the process may have open (`ulimit -n`), which the clients share with
/// the store. The JVM has raised that as far as it may.
final class Descriptors {
  private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);

  /// What the process needs besides clients and the disk tier.
  private static final int OWN = 64;

  private final long clientsMax;

  private Descriptors(long clientsMax) {
    this.clientsMax = clientsMax;
  }

  /// Lowers `maxclients`, with a line in the log, to what the system allows, and refuses to raise
  /// it above that.
  ///
  /// - throws [ConfigException] if there is no room for any client.
  static void follow(Config config) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long all = unix.getMaxFileDescriptorCount();
      int tier = config.value(DiskDirectives.MEMORY_ONLY) ? 0 : StoreOptions.TIER_FILES_MAX;
      new Descriptors(all - OWN - tier).limit(config, all);
    }
  }

  private void limit(Config config, long all) {
    int wanted = config.value(ClientDirectives.MAXCLIENTS);
    if (clientsMax < 1) {
      throw new ConfigException(
          "the process may have "
              + all
              + " files open (ulimit -n), which leaves none for clients; raise that");
    }
    if (wanted > clientsMax) {
      LOG.warn(
          "maxclients is {} instead of {}, as the process may have {} files open (ulimit -n)",
          clientsMax,
          wanted,
          all);
      config.set(ClientDirectives.MAXCLIENTS, Math.toIntExact(clientsMax));
    }
    config.guard(
        List.of(ClientDirectives.MAXCLIENTS),
        next -> {
          check(next.value(ClientDirectives.MAXCLIENTS));
          return Guard.Change.NONE;
        });
  }

  private void check(int wanted) throws BadValueException {
    if (wanted > clientsMax) {
      throw new BadValueException(
          "The operating system is not able to handle the specified number of clients, try with "
              + clientsMax);
    }
  }
}
