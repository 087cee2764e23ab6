package io.karst.commands;

import java.util.Set;

/// What a command does to the user's data at a key, as access rules ask it.
///
/// - `reads`: whether what is there can be told from the answer, or from what is stored elsewhere.
/// - `writes`: whether it is changed.
public record KeyUse(boolean reads, boolean writes) {
  /// Less than reading: whether it is there, its type, its length.
  public static final KeyUse NOTHING = new KeyUse(false, false);

  public static final KeyUse READ = new KeyUse(true, false);
  public static final KeyUse WRITE = new KeyUse(false, true);
  public static final KeyUse BOTH = new KeyUse(true, true);

  static KeyUse of(Set<KeyFlag> flags) {
    boolean reads = flags.contains(KeyFlag.ACCESS);
    boolean writes =
        flags.contains(KeyFlag.UPDATE)
            || flags.contains(KeyFlag.INSERT)
            || flags.contains(KeyFlag.DELETE);
    if (reads) {
      return writes ? BOTH : READ;
    }
    return writes ? WRITE : NOTHING;
  }
}
