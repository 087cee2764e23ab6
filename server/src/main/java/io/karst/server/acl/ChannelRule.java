package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.base.Glob;

/// Channels that are open: those that match a pattern. Immutable.
record ChannelRule(String pattern, Bytes bytes, Glob glob) {
  static ChannelRule of(String pattern) {
    Bytes bytes = Latin1.bytes(pattern);
    return new ChannelRule(pattern, bytes, Glob.of(bytes));
  }

  /// - `isPattern`: whether `channel` stands for many, which are open only if it is this very
  ///   pattern: whether one pattern is part of another nobody computes here.
  boolean allows(Bytes channel, boolean isPattern) {
    return isPattern ? bytes.equals(channel) : glob.matches(channel);
  }

  String text() {
    return "&" + pattern;
  }
}
