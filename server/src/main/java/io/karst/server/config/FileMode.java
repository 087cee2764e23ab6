package io.karst.server.config;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// The permissions of a file, as `chmod` takes them.
///
/// - `bits`: the lowest nine; 0 leaves a file as it is.
public record FileMode(int bits) {
  static final FileMode UNCHANGED = new FileMode(0);

  static final int ALL = 0777;

  /// The same for Java.
  public Set<PosixFilePermission> permissions() {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] fromTheHighestBit = PosixFilePermission.values();
    for (int i = 0; i < fromTheHighestBit.length; i++) {
      if (((bits >> (fromTheHighestBit.length - 1 - i)) & 1) != 0) {
        permissions.add(fromTheHighestBit[i]);
      }
    }
    return permissions;
  }
}
