package io.karst.server.tools;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;

/// The store a verb works on: one in a directory, or a running server.
final class Target {
  @ArgGroup(exclusive = false)
  private @Nullable LocalStore local;

  @ArgGroup(exclusive = false)
  private @Nullable RemoteStore remote;

  /// The running server, or null if it is a directory.
  @Nullable RemoteStore remote() {
    return remote;
  }

  /// The directory that was named, or the one that servers take if they are not told.
  LocalStore local() {
    return local == null ? LocalStore.at(LocalStore.DIRECTORY) : local;
  }
}
