package io.karst.history;

import java.util.List;

/// The effects of one transaction as bytes, for logs that are kept elsewhere than in a [Wal]. The
/// bytes of an effect are those of docs/formats/wal.md §4.
public final class Frames {
  private Frames() {}

  /// How many bytes [#write] writes.
  public static long size(List<Effect> effects) {
    throw new UnsupportedOperationException();
  }

  /// Writes effects to `to` from `offset` on; returns the offset past them.
  public static int write(List<Effect> effects, byte[] to, int offset) {
    throw new UnsupportedOperationException();
  }

  /// The effects that `from..to` of an array holds; their bytes are views of it.
  ///
  /// - throws [DamagedLogException] if there is anything else.
  public static List<Effect> read(byte[] array, int from, int to) {
    throw new UnsupportedOperationException();
  }
}
