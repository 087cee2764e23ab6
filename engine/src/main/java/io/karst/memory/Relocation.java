package io.karst.memory;

/// Is told of each record that was moved to another block, for what else refers to it.
@FunctionalInterface
public interface Relocation {
  /// Of records that nothing else refers to.
  Relocation UNNOTICED = (record, moved) -> {};

  /// - `record`: where it was; that is not looked at any more.
  void moved(long record, long moved);
}
