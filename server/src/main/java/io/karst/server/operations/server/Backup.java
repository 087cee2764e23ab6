package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.CommandException;
import io.karst.base.Fault;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Engine;
import io.karst.server.session.Session;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/// `BACKUP TO path`: copies the store, as it is at some moment of the call, while everybody works
/// on. Karst's own.
///
/// The copy is a data directory: a checkpoint, by hard links where the file system can, and the
/// history since; if it fails, nothing of it stays. `path` is one of the server's machine, must be
/// missing or empty, and counts from where the server was started if it is relative.
@AutoService(Operation.class)
public final class Backup implements Operation {
  @Override
  public List<Command> commands() {
    return List.of(
        session("BACKUP TO path", "karst-1.0.0", "Copies the store.", Backup::copy)
            .slow()
            .admin()
            .dangerous()
            .flags(Flag.NO_SCRIPT, Flag.NO_MULTI, Flag.NO_ASYNC_LOADING)
            .complexity("O(N), N being the number of keys changed since the last checkpoint"));
  }

  private static Reply copy(Session session, Args args) {
    if (!args.is(1, "TO")) {
      throw CommandException.syntax();
    }
    Engine engine = session.server().engine();
    if (!engine.tiered()) {
      throw CommandException.err("This server keeps data in memory only and cannot back it up");
    }
    String path = args.bytes(2).utf8();
    try {
      engine.backup(Path.of(path).toAbsolutePath());
      return Reply.OK;
    } catch (FileSystemException refused) {
      throw CommandException.err("the backup failed: " + refused.getFile() + ": " + why(refused));
    } catch (IOException | Fault.ReadOnly | InvalidPathException failure) {
      throw CommandException.err("the backup failed: " + failure.getMessage());
    }
  }

  private static String why(FileSystemException refused) {
    return switch (refused) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _, NotDirectoryException _ -> "it is no directory";
      case NoSuchFileException _ -> "no such file or directory";
      default -> String.valueOf(refused.getReason());
    };
  }
}
