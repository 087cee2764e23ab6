package io.karst.lua;

import org.jspecify.annotations.Nullable;

/// What a script or a function says about itself.
public enum ScriptFlag {
  NO_WRITES("no-writes"),
  ALLOW_OOM("allow-oom"),
  ALLOW_STALE("allow-stale"),
  NO_CLUSTER("no-cluster"),
  ALLOW_CROSS_SLOT_KEYS("allow-cross-slot-keys"),

  /// An error takes back everything that it has done. Redis does not have it.
  ATOMIC("atomic");

  private final String word;

  ScriptFlag(String word) {
    this.word = word;
  }

  /// As it is written in scripts.
  public String word() {
    return word;
  }

  static @Nullable ScriptFlag of(String word) {
    for (ScriptFlag flag : values()) {
      if (flag.word.equals(word)) {
        return flag;
      }
    }
    return null;
  }
}
