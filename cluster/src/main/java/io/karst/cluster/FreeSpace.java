package io.karst.cluster;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the disk of a member has room for more history.
///
/// A Raft log that cannot be written once takes no entry any more until the process starts again:
/// the member has to end. If the disks of all are equally full, all would. So writes are refused
/// before, while reads go on, and are taken again by themselves when there is room.
///
/// Thread: one at a time looks; anybody may ask.
final class FreeSpace {
  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);

  /// More than what can be written between two looks: the log, and a checkpoint of as much.
  private static final long NEEDED = 256L << 20;

  /// Of a small disk not so much is asked, in parts of it.
  private static final int NEEDED_PART = 10;

  /// How much more there has to be before it counts as enough again, in parts of what is needed.
  private static final int MORE_PART = 4;

  private static final int MIB_BITS = 20;

  /// What a disk says, in bytes.
  interface Source {
    long usable() throws IOException;

    long total() throws IOException;

    /// The disk of a directory that is there.
    static Source of(Path directory) {
      return new Source() {
        @Override
        public long usable() throws IOException {
          return store().getUsableSpace();
        }

        @Override
        public long total() throws IOException {
          return store().getTotalSpace();
        }

        private FileStore store() throws IOException {
          return Files.getFileStore(directory);
        }
      };
    }
  }

  private final Source source;
  private volatile boolean scarce;

  FreeSpace(Source source) {
    this.source = source;
  }

  /// Looks; whether it has turned out different.
  boolean look() throws IOException {
    long needed = Math.min(NEEDED, source.total() / NEEDED_PART);
    long usable = source.usable();
    boolean before = scarce;
    scarce = usable < (before ? needed + needed / MORE_PART : needed);
    if (scarce && !before) {
      LOG.error(
          "The disk has {} MB left, {} MB are needed: this member takes no writes",
          usable >> MIB_BITS,
          needed >> MIB_BITS);
    } else if (before && !scarce) {
      LOG.info("The disk has room again");
    }
    return scarce != before;
  }

  /// Whether there is too little. Any thread.
  boolean scarce() {
    return scarce;
  }
}
