package io.karst.bench.cluster;

import io.karst.bench.harness.Answer;

/// What became of a request to a cluster.
public sealed interface Reply {
  /// It has happened, once.
  record Done(Answer answer) implements Reply {}

  /// It has not happened, and will not.
  record Refused(String why) implements Reply {}

  /// Nobody knows whether it has happened or will.
  record Unknown(String why) implements Reply {}
}
