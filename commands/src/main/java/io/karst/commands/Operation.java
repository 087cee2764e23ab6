package io.karst.commands;

import java.util.List;

/// One operation: a command, or the few that are the same act with other options. Found through
/// [java.util.ServiceLoader]; its package names the group of its commands.
public interface Operation {
  List<Command> commands();
}
