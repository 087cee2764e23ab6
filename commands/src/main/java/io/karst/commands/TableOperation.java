package io.karst.commands;

/// An operation whose commands are about commands.
public interface TableOperation extends Operation {
  /// Hands over the table this operation is part of, once, before any of its commands runs.
  void bind(CommandTable table);
}
