package io.karst.server.remote;

import io.karst.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server answers, in RESP2.
public sealed interface Answer {
  /// `+OK`.
  record Simple(String text) implements Answer {}

  /// `-ERR ...`, without the dash.
  record Failure(String line) implements Answer {}

  record Int(long value) implements Answer {}

  /// A string; null for none.
  record Bulk(@Nullable Bytes bytes) implements Answer {}

  record Many(List<Answer> answers) implements Answer {}
}
