package io.karst.commands;

import io.karst.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The subcommands of a container.
final class Subcommands {
  private final List<Command> all;
  private final NameTable names;

  Subcommands(List<Command> all) {
    this.all = List.copyOf(all);
    names = NameTable.of(all);
  }

  /// By name.
  List<Command> all() {
    return all;
  }

  @Nullable Command find(Bytes name) {
    return names.find(name);
  }
}
