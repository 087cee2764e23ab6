package io.karst.lsm;

import java.util.List;

/// A column family, for people.
///
/// - `name`: as in docs/formats/lsm.md.
/// - `keys`: about how many entries it has.
/// - `blobSize`: bytes in files of large values.
/// - `levels`: those of the tree that have files.
public record TierFamily(String name, long keys, long blobSize, List<Level> levels) {
  /// A level of the tree: its files, and their bytes.
  public record Level(int number, long files, long size) {}
}
