package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.server.resp.ProtocolException;
import io.karst.server.resp.RequestDecoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Cuts what a connection has sent into groups of commands that may run together, and finds what
/// has to be run on its own.
///
/// Thread: its dispatcher's.
final class Intake {
  /// Requests larger than these leave the event loop, in bytes.
  private static final int REQUEST_SIZE_MAX = 1 << 20;

  /// What ended a group.
  enum End {
    /// It has all the commands it may have.
    FULL,
    /// The rest is the beginning of a request, or nothing.
    INCOMPLETE,
    /// A command that is run on its own: [#single].
    SINGLE,
    /// What is no request: [#brokenLine].
    BROKEN,
    /// A client of another protocol, which is not answered.
    ABUSE
  }

  private final Server server;
  private final WorkerStats stats;
  private final Group group;
  private final Routes routes;
  private final Pause pause;
  private final Admission admission;

  private RequestDecoder decoder = new RequestDecoder(0, false);
  private byte[] input = new byte[0];
  private int position;
  private int end;

  /// Commands that are run one by one before there are groups again.
  private int singles;

  /// The latest request, and where it begins.
  private Args request = new Args();

  private int start;

  private @Nullable Route single;
  private int singleStart;
  private String brokenLine = "";

  Intake(Server server, WorkerStats stats, Group group) {
    this.server = server;
    this.stats = stats;
    this.group = group;
    routes = server.routes();
    pause = server.pause();
    admission = new Admission(server);
  }

  /// Begins with the requests in `array[start..to)`.
  void begin(Session session, RequestDecoder from, byte[] array, int start, int to) {
    decoder = from;
    input = array;
    position = start;
    end = to;
    singles = 0;
    admission.begin();
    limit(session);
  }

  /// Lets requests be as large as the session may make them.
  void limit(Session session) {
    decoder.limits(server.limits().bulkMax(), !session.mustAuthenticate());
  }

  /// Lets go of the input.
  void forget() {
    input = new byte[0];
    request = new Args();
    group.forgetInput();
  }

  /// The first byte of the input that is still to be decoded.
  int position() {
    return position;
  }

  /// Goes on with the request that begins at `start`.
  void goTo(int start) {
    position = start;
    decoder.forget();
  }

  /// Goes back to the beginning of the group, whose commands come one by one then.
  void oneByOne() {
    singles = group.size();
    goTo(group.start(0));
  }

  /// Notes that so many commands of the group have run.
  void ran(int commands) {
    singles = Math.max(0, singles - commands);
  }

  /// The command that ended the group; its words are behind the group's.
  Route single() {
    return Objects.requireNonNull(single);
  }

  /// Where the request of [#single] begins.
  int singleStart() {
    return singleStart;
  }

  /// The error line for what is no request.
  String brokenLine() {
    return brokenLine;
  }

  /// Fills the group, which is empty at first.
  End fill(Session session) {
    group.clear();
    int room = singles > 0 ? 1 : Group.SIZE_MAX;
    while (group.size() < room) {
      End ended = decode();
      if (ended == null) {
        ended = take(session, args(), start);
      }
      if (ended != null) {
        return ended;
      }
    }
    return End.FULL;
  }

  /// Decodes the next request into [#args]; null, or what is there instead.
  @Nullable End decode() {
    Args args = group.next();
    request = args;
    do {
      start = position;
      int next;
      try {
        next = decoder.decode(input, start, end, args);
      } catch (ProtocolException e) {
        brokenLine = e.line();
        return End.BROKEN;
      }
      if (next == RequestDecoder.INCOMPLETE) {
        return End.INCOMPLETE;
      }
      position = next;
    } while (args.count() == 0);
    return null;
  }

  /// The words of the latest request.
  Args args() {
    return request;
  }

  /// Lets the latest request be run on its own.
  void single(Route route) {
    single = route;
    singleStart = start;
  }

  /// Whether commands may run.
  Admission admission() {
    return admission;
  }

  /// Takes a request into the group, or says why the group ends before it.
  private @Nullable End take(Session session, Args args, int start) {
    Route route;
    try {
      route = routes.find(args);
    } catch (CommandException e) {
      return refuse(args, e.line(), start);
    }
    String refusal = admission.refusal(session, route, args);
    if (refusal != null) {
      return refuse(route, refusal, start);
    }
    boolean large = decoder.collected() || position - start > REQUEST_SIZE_MAX;
    boolean groups =
        route.keyed
            && (route.inTx || route.script != null)
            && !route.locksAll
            && !(large && args.size() > REQUEST_SIZE_MAX)
            && !pause.holds(route.held)
            && !route.command.isSlow(args);
    if (groups && group.excludes(route) && !decoder.collected()) {
      goTo(start); // It begins the next one.
      return End.FULL;
    }
    if (!groups || !group.add(route, start, position)) {
      single(route);
      return End.SINGLE;
    }
    return unlessCollected();
  }

  /// A request that cannot be decoded again has to be the only one of its group.
  private @Nullable End unlessCollected() {
    return decoder.collected() ? End.FULL : null;
  }

  private @Nullable End refuse(Route route, String line, int start) {
    stats.rejected(route.index);
    group.addRefusal(worded(route.command, line), start, position);
    return unlessCollected();
  }

  private @Nullable End refuse(Args args, String line, int start) {
    Command known = server.commands().lookUp(args);
    if (known != null) {
      stats.rejected(known.index());
    } else if (isAbuse(args)) {
      return End.ABUSE;
    }
    group.addRefusal(known == null ? line : worded(known, line), start, position);
    return null;
  }

  /// Whether a browser was made to speak to us: whatever follows is not to be taken for commands.
  static boolean isAbuse(Args args) {
    Bytes name = args.bytes(0);
    return name.equalsIgnoreCase("POST") || name.equalsIgnoreCase("HOST:");
  }

  /// The error line for a command that is refused: EXEC's says so in its own way.
  static String worded(Command command, String line) {
    return command.fullName().equals("exec") ? Transaction.aborted(line) : line;
  }
}
