package io.karst.server.config;

import java.util.List;

/// When a checkpoint is due besides those that the store takes by itself: when any rule holds.
public record SaveRules(List<Rule> rules) {
  static final SaveRules NONE = new SaveRules(List.of());

  /// Told from equal rules that somebody has written: the first that are written replace these.
  static final SaveRules DEFAULT =
      new SaveRules(List.of(new Rule(3600, 1), new Rule(300, 100), new Rule(60, 10_000)));

  /// A checkpoint is due `seconds` after the latest if there have been `changes` since.
  public record Rule(int seconds, int changes) {}

  /// Whether one is due.
  ///
  /// - `changes`: since the latest checkpoint.
  /// - `elapsedMillis`: since then, too.
  public boolean due(long changes, long elapsedMillis) {
    for (Rule rule : rules) {
      if (changes >= rule.changes && elapsedMillis > rule.seconds * 1000L) {
        return true;
      }
    }
    return false;
  }
}
