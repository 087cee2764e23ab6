package io.karst.lsm;

import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What an exception of RocksDB means here.
final class Failures {
  private Failures() {}

  /// What a failed start throws.
  static RuntimeException ofOpening(RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Column families not opened")) {
      return newerFormat(message);
    }
    return switch (code(e)) {
      case Corruption -> damaged(e);
      default -> new UncheckedIOException(new IOException("the disk tier: " + message, e));
    };
  }

  static UncheckedIOException newerFormat(String what) {
    return new UncheckedIOException(
        new IOException(
            "the disk tier was written by a newer version of Karst, this one knows formats up to "
                + TierFormat.VERSION
                + ": "
                + what));
  }

  /// What a failed write, flush or copy throws: a fault of the disk that may pass, or damage.
  static RuntimeException ofWriting(RocksDBException e) {
    return switch (code(e)) {
      case Corruption -> damaged(e);
      case InvalidArgument, NotSupported, NotFound ->
          throw Invariant.violated("RocksDB refuses a write: " + e.getMessage());
      default -> new Fault.ReadOnly(reason(e));
    };
  }

  /// What a failed read throws: what cannot be read is as good as damaged.
  static RuntimeException ofReading(RocksDBException e) {
    return switch (code(e)) {
      case InvalidArgument, NotSupported ->
          throw Invariant.violated("RocksDB refuses a read: " + e.getMessage());
      default -> damaged(e);
    };
  }

  /// Damage; RocksDB's message names the file.
  static DamagedException damaged(RocksDBException e) {
    return new DamagedException("the disk tier cannot be read: " + e.getMessage(), e);
  }

  /// For the client: `No space left on device` rather than the path of a file before it.
  private static String reason(RocksDBException e) {
    Status status = e.getStatus();
    boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
    String message = String.valueOf(e.getMessage());
    return full || message.toLowerCase(Locale.ROOT).contains("no space left")
        ? "No space left on device"
        : "the disk tier cannot be written: " + message;
  }

  private static Status.Code code(RocksDBException e) {
    Status status = e.getStatus();
    return status == null ? Status.Code.Undefined : status.getCode();
  }
}
