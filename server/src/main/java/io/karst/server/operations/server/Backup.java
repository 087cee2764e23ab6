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
import io.karst.server.session.Backups;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/// `BACKUP`: copies of the store, while everybody works on. Each is a data directory: a checkpoint,
/// by hard links where the file system can, and the history since.
///
/// `BACKUP TO path`, Karst's own, makes one in a call: the store as it is at some moment of it. If
/// it fails, nothing of it stays. `path` is one of the server's machine, must be missing or empty,
/// and counts from where the server was started if it is relative. The others are Redis's, where a
/// backup is begun, grows, and is what the store was when it is sealed; its files are other ones.
@AutoService(Operation.class)
public final class Backup implements Operation {
  private static final String SINCE = "8.10.0";

  private interface Act {
    void on(Backups backups) throws IOException;
  }

  @Override
  public List<Command> commands() {
    return List.of(
        backup("TO path", "karst-1.0.0", "Copies the store.", Backup::copy)
            .complexity("O(N), N being the number of keys changed since the last checkpoint"),
        backup("START", SINCE, "Begins a backup with a checkpoint.", acting(Backups::start))
            .complexity("O(N), N being the number of keys changed since the last checkpoint"),
        backup("SEAL", SINCE, "Completes the backup as of now.", acting(Backups::seal))
            .complexity("O(N), N being the length of the history since its beginning"),
        backup("ABORT", SINCE, "Gives up a backup that is not sealed.", acting(Backups::abort)),
        backup("CLEANUP", SINCE, "Deletes a backup that is sealed.", acting(Backups::cleanUp)),
        backup("STATUS", SINCE, "Tells how far the backup is.", Backup::status).stale(),
        backup("LIST", SINCE, "Lists the files of the backup that are final.", Backup::list)
            .stale());
  }

  private static Command backup(String syntax, String since, String summary, SessionBody body) {
    return session("BACKUP " + syntax, since, summary, body)
        .slow()
        .admin()
        .dangerous()
        .flags(Flag.NO_SCRIPT, Flag.NO_MULTI, Flag.NO_ASYNC_LOADING)
        .complexity("O(1)");
  }

  private static Reply copy(Session session, Args args) {
    Path path = path(args.bytes(2).utf8());
    return acting(_ -> session.server().engine().backup(path)).run(session, args);
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException failure) {
      throw CommandException.err("the backup failed: " + failure.getMessage());
    }
  }

  private static SessionBody acting(Act act) {
    return (session, args) -> {
      if (!session.server().engine().tiered()) {
        throw CommandException.err("This server keeps data in memory only and cannot back it up");
      }
      try {
        act.on(session.server().backups());
        return Reply.OK;
      } catch (FileSystemException refused) {
        throw CommandException.err("the backup failed: " + refused.getFile() + ": " + why(refused));
      } catch (IOException | Fault.ReadOnly failure) {
        throw CommandException.err("the backup failed: " + failure.getMessage());
      }
    };
  }

  private static Reply status(Session session, Args args) {
    Backups.Status status = session.server().backups().status();
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("state"),
            Reply.bulk(status.state()),
            Reply.bulk("error"),
            Reply.bulk(status.error()),
            Reply.bulk("start_time"),
            Reply.bulk(Long.toString(status.startSeconds())),
            Reply.bulk("end_time"),
            Reply.bulk(Long.toString(status.endSeconds()))));
  }

  private static Reply list(Session session, Args args) {
    List<Path> files = session.server().backups().files();
    return new Reply.Array(files.stream().map(file -> Reply.bulk(file.toString())).toList());
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
