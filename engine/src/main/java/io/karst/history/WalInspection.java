package io.karst.history;

import io.karst.base.Disk;
import java.io.IOException;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// Reads a log for people, while a server may be writing it.
///
/// Two things look like damage then and are none. The server takes old files away, or makes new
/// ones of them, while they are read: reading goes on with the oldest file that is left, and what
/// is missing in between is told as a gap. And a frame may be read while it is written, and a later
/// mark, which covers it, after that: so where a log seems to be damaged it is read once more from
/// there.
///
/// Thread: the caller's; blocks.
public final class WalInspection {
  /// Who looks.
  public interface Visitor {
    /// Shows a frame; the reader is at it, and stays the inspection's.
    void frame(WalReader frame);

    /// Says that the server took the frames from one LSN to another away before they were read.
    void gap(long fromLsn, long toLsn);
  }

  private final Disk disk;
  private final Visitor visitor;

  /// Up to where frames were shown; -1 before the first.
  private long position = -1;

  private WalInspection(Disk disk, Visitor visitor) {
    this.disk = disk;
    this.visitor = visitor;
  }

  /// Shows all frames of the log in a directory, the oldest first; returns where and why it ends.
  ///
  /// - throws [DamagedLogException] or [UnusableLogException] if its oldest file cannot be told
  ///   from another.
  public static LogEnd read(Disk disk, Visitor visitor) throws IOException {
    return new WalInspection(disk, visitor).read();
  }

  private LogEnd read() throws IOException {
    LogEnd damage = null;
    while (true) {
      long before = position;
      long oldest = oldest();
      try {
        LogEnd end = pass();
        if (position >= oldest() && (!end.damaged() || position == before)) {
          return end;
        }
        damage = end;
      } catch (DamagedLogException header) {
        if (oldest() == oldest) {
          return confirmed(damage, header);
        } // Else it was taken away.
      } catch (IOException failure) {
        if (oldest() == oldest) {
          throw failure;
        } // As above.
      }
    }
  }

  /// The damage that was found, if it is what keeps from reading on.
  private LogEnd confirmed(@Nullable LogEnd damage, DamagedLogException header) {
    if (damage == null || damage.lsn() != position) {
      throw header;
    }
    return damage;
  }

  /// Reads on, as far as the files reach that there are now.
  private LogEnd pass() throws IOException {
    try (WalReader reader = WalReader.inspect(disk, Math.max(position, 0))) {
      if (position >= 0 && reader.position() > position) {
        visitor.gap(position, reader.position());
      }
      position = reader.position();
      while (reader.next()) {
        visitor.frame(reader);
        position = reader.position();
      }
      return reader.end();
    }
  }

  /// Where the oldest file begins, 0 if there is none.
  private long oldest() throws IOException {
    NavigableSet<Long> segments = StreamInput.segments(disk);
    return segments.isEmpty() ? 0 : segments.first();
  }
}
