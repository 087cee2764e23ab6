package io.karst.lsm;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What an exception of RocksDB means here.
final class Failures {
  private Failures() {}

  /// What a failed start in `directory` throws: damage, of which a missing file is one kind, or
  /// what keeps from opening it, such as another process that has.
  static RuntimeException ofOpening(Path directory, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (code(e) == Status.Code.IOError && !message.contains("No such file or directory")) {
      return new UncheckedIOException(new IOException("the disk tier: " + message, e));
    }
    if (message.contains(DamagedTables.SUFFIX)) {
      return damaged(e);
    }
    try {
      List<Path> tables = DamagedTables.find(directory);
      return tables.isEmpty()
          ? damaged(e)
          : new DamagedException("the disk tier cannot be read: " + tables + ": " + message, e);
    } catch (IOException unlisted) {
      return damaged(e);
    }
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

  /// What a failed write of the seal throws.
  static Fault.ReadOnly ofSealing(IOException e) {
    return new Fault.ReadOnly("the disk tier cannot be written: " + e.getMessage());
  }

  /// What a failed copy throws.
  static Fault.ReadOnly ofCopying(Path target, Exception e) {
    return new Fault.ReadOnly("no copy could be made to " + target + ": " + e.getMessage());
  }

  /// What a failed read throws: what cannot be read is as good as damaged.
  static RuntimeException ofReading(RocksDBException e) {
    return switch (code(e)) {
      case InvalidArgument, NotSupported ->
          throw Invariant.violated("RocksDB refuses a read: " + e.getMessage());
      default -> damaged(e);
    };
  }

  /// As [#ofReading], of a payload in a file of its own, which RocksDB's message does not name.
  static RuntimeException ofReadingLarge(Bytes key, RocksDBException e) {
    RuntimeException failure = ofReading(e);
    String file = String.valueOf(e.getMessage()).contains(".blob") ? "" : " from its .blob file";
    return new DamagedException(
        "the value of " + key + " cannot be read" + file + ": " + failure.getMessage(), e);
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
