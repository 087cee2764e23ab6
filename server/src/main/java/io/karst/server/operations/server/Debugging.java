package io.karst.server.operations.server;

import static io.karst.server.operations.SessionCommand.session;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.info.JvmReport;
import io.karst.server.session.Session;
import io.karst.server.session.SessionBody;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// `DEBUG SLEEP`, `SET-ACTIVE-EXPIRE` and their kin: for tests and for those who look for a fault.
@AutoService(Operation.class)
public final class Debugging implements Operation {
  private static final Pattern THRESHOLD =
      Pattern.compile("[0-9]{1,10}([kmg]b?|b)?", Pattern.CASE_INSENSITIVE);

  private static final long SLEEP_MAX_SECONDS = 24 * 60 * 60;

  @Override
  public List<Command> commands() {
    return List.of(
        debug(
                "SLEEP seconds",
                "Waits; this connection, not the server as in Redis. A transaction's keys wait.",
                Debugging::sleep)
            .slow(),
        debug(
            "SET-ACTIVE-EXPIRE <0 | 1>",
            "Turns the removal of due keys in the background off or on.",
            Debugging::setActiveExpire),
        debug(
            "PAUSE-CRON <0 | 1>",
            "Does on or off what SET-ACTIVE-EXPIRE does off or on: nothing else is periodic.",
            Debugging::pauseCron),
        debug(
            "QUICKLIST-PACKED-THRESHOLD size",
            "Taken, without effect: a list holds elements of all sizes alike.",
            Debugging::takeThreshold),
        debug(
                "JMAP",
                "Shows the JVM's memory, collectors and threads.",
                (session, args) -> new Reply.Verbatim("txt", Bytes.utf8(JvmReport.text())))
            .slow());
  }

  static Command debug(String syntax, String summary, SessionBody body) {
    return session("DEBUG " + syntax, "1.0.0", summary, body)
        .admin()
        .loading()
        .stale()
        .flags(Flag.NO_SCRIPT)
        .complexity("O(1)");
  }

  private static Reply sleep(Session session, Args args) {
    double seconds;
    try {
      seconds = Double.parseDouble(args.bytes(2).utf8());
    } catch (NumberFormatException notOne) {
      throw CommandException.notAFloat();
    }
    if (!(seconds >= 0 && seconds <= SLEEP_MAX_SECONDS)) {
      throw CommandException.err("value is out of range");
    }
    try {
      Thread.sleep(Duration.ofNanos((long) (seconds * 1e9)));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
    return Reply.OK;
  }

  /// Where Redis begins to hold an element of a list apart; its tests set it.
  private static Reply takeThreshold(Session session, Args args) {
    if (!THRESHOLD.matcher(args.bytes(2).utf8()).matches()) {
      throw CommandException.err(
          "argument must be a memory value bigger than 1 and smaller than 4gb");
    }
    return Reply.OK;
  }

  private static Reply pauseCron(Session session, Args args) {
    return activeExpire(session, args.int64(2, 0, 1) == 0);
  }

  private static Reply setActiveExpire(Session session, Args args) {
    return activeExpire(session, args.int64(2, 0, 1) == 1);
  }

  private static Reply activeExpire(Session session, boolean on) {
    session.server().config().set(MemoryDirectives.ACTIVE_EXPIRE, on);
    return Reply.OK;
  }
}
