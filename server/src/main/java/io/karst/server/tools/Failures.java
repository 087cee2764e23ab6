package io.karst.server.tools;

import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.history.DamagedLogException;
import io.karst.history.UnusableLogException;
import io.karst.lsm.DamagedException;
import io.karst.rdb.RdbException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// What the person at the terminal is told when a verb fails, in one line.
final class Failures {
  private Failures() {}

  /// - throws `failure` itself if it is none that a disk, a server or a file may cause: a bug,
  ///   which is to be seen whole.
  static String line(Exception failure) throws Exception {
    return switch (failure) {
      case UncheckedIOException io -> line(Objects.requireNonNull(io.getCause()));
      case IOException io -> io(io);
      case IllegalStateException _,
          RdbException _,
          CommandException _,
          Fault _,
          DamagedException _,
          DamagedLogException _,
          UnusableLogException _ ->
          String.valueOf(failure.getMessage());
      default -> throw failure;
    };
  }

  /// The JDK names the file, and leaves the reason to the type.
  private static String io(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + ": exists already";
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }
}
