package io.karst.server.acl;

import io.karst.base.Bytes;
import io.karst.base.Glob;
import io.karst.commands.KeyUse;

/// Keys that are open: those that match a pattern, for reading, for writing, or both. Immutable.
record KeyRule(String pattern, Glob glob, boolean reads, boolean writes) {
  static KeyRule of(String pattern, boolean reads, boolean writes) {
    return new KeyRule(pattern, Glob.of(Latin1.bytes(pattern)), reads, writes);
  }

  /// Whether `use` of a key that matches is allowed.
  boolean allows(KeyUse use) {
    return (reads || !use.reads()) && (writes || !use.writes());
  }

  boolean allows(Bytes key, KeyUse use) {
    return allows(use) && glob.matches(key);
  }

  KeyRule joined(KeyRule other) {
    return new KeyRule(pattern, glob, reads || other.reads, writes || other.writes);
  }

  /// As it is written: `~p`, `%R~p` or `%W~p`.
  String text() {
    if (reads && writes) {
      return "~" + pattern;
    }
    return (reads ? "%R~" : "%W~") + pattern;
  }
}
