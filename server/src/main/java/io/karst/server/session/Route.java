package io.karst.server.session;

import io.karst.base.Invariant;
import io.karst.commands.Body;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyEvents;
import io.karst.engine.KeyEvent;
import io.karst.engine.Need;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the dispatcher asks about a command, answered beforehand. Immutable.
final class Route {
  /// Commands of the session that `MULTI ATOMIC` can do with.
  private static final Set<String> HARMLESS =
      Set.of(
          "select",
          "ping",
          "echo",
          "time",
          "lastsave",
          "client|id",
          "client|getname",
          "publish",
          "spublish");

  /// Commands that a client of RESP2 may send while it listens to messages.
  private static final Set<String> WHILE_SUBSCRIBED =
      Set.of(
          "subscribe",
          "unsubscribe",
          "psubscribe",
          "punsubscribe",
          "ssubscribe",
          "sunsubscribe",
          "ping",
          "quit",
          "reset");

  private static final Set<String> LOADING =
      Set.of("function|load", "function|restore", "script|load");

  private static final Set<String> WAITING = Set.of("wait", "waitaof");

  /// What a command does to the queue of a transaction.
  enum Control {
    /// It is queued.
    NONE,
    EXEC,
    WATCH,
    /// It is run at once: `MULTI`, `DISCARD`, `RESET`, `QUIT`.
    AT_ONCE;

    private static Control of(String fullName) {
      return switch (fullName) {
        case "exec" -> EXEC;
        case "watch" -> WATCH;
        case "multi", "discard", "reset", "quit" -> AT_ONCE;
        default -> NONE;
      };
    }
  }

  final Command command;

  /// [Command#index].
  final int index;

  /// The body; one of the three is there.
  final Body.@Nullable OnKeys onKeys;

  final @Nullable SessionBody onSession;
  final @Nullable SessionKeysBody onBoth;

  /// Whether it runs in a transaction of the store.
  final boolean inTx;

  final boolean writes;

  /// Whether a pause of writes holds it: it writes, or others hear of it.
  final boolean held;

  /// Whether monitors are shown it.
  final boolean shown;

  /// Whether it takes constant or logarithmic time. (Redis does not flag all that do: `SET`.)
  final boolean fast;

  /// Whether it is refused when memory is short.
  final boolean deniesOom;

  final Need need;

  final boolean beforeAuthentication;
  final boolean locksAll;

  /// Whether it names keys, whose slots are locked; a command that works on the keyspace without
  /// naming keys locks what it needs itself.
  final boolean keyed;

  /// Whether its keys are words `firstKey` to `lastKey`, every `keyStep`th.
  final boolean keysInRange;

  final int firstKey;
  final int lastKey;
  final int keyStep;

  /// Whether reads note the access even if the client asked otherwise: that is what it is for.
  final boolean touches;

  /// Whether it works on the keyspace without naming keys: as a part of a whole it needs all locks.
  final boolean roams;

  /// Whether it changes the database of the commands behind it.
  final boolean selects;

  /// How it calls scripts; null if it does not.
  final @Nullable ScriptRoute script;

  /// Whether it runs Lua: a script, or the source of a library.
  final boolean runsLua;

  /// Whether a script may call it.
  final boolean inScripts;

  /// What it does to the queue of a transaction.
  final Control control;

  /// Whether what it does can be taken back: it does it to keys that it names, or does nothing.
  final boolean undoable;

  /// Whether it reads keys that it names.
  final boolean readsKeys;

  /// Whether it leaves standing what `CLIENT CACHING` has said of the next command.
  final boolean caches;

  /// What its changes of keys are called, for those who are told; null if it has no name for them.
  final @Nullable KeyEvent event;

  /// Whether a client of RESP2 may send it while it listens to messages.
  final boolean whileSubscribed;

  /// Where it is run in a cluster.
  final ClusterRoute inCluster;

  Route(Command command) {
    this.command = command;
    index = command.index();
    onKeys = command.body() instanceof Body.OnKeys body ? body : null;
    onSession = command.body() instanceof SessionBody body ? body : null;
    onBoth = command.body() instanceof SessionKeysBody body ? body : null;
    inTx = onKeys != null || onBoth != null;
    Invariant.check(inTx || onSession != null, () -> "nobody can run the body of " + command);
    writes = command.has(Flag.WRITE);
    held = writes || command.has(Flag.MAY_REPLICATE);
    fast = command.has(Flag.FAST) || command.complexity().equals("O(1)");
    deniesOom = command.has(Flag.DENY_OOM);
    need = deniesOom ? Need.GROW : writes ? Need.CHANGE : Need.READ;
    beforeAuthentication = command.has(Flag.NO_AUTH);
    locksAll = command.isLockingAll();
    keysInRange = !command.has(Flag.MOVABLE_KEYS);
    boolean named = command.firstKey() > 0 || !keysInRange;
    keyed = named && !command.has(Flag.PUBSUB); // Channels are no keys.
    firstKey = command.firstKey();
    lastKey = command.lastKey();
    keyStep = Math.max(command.keyStep(), 1);
    touches = "touch".equals(command.fullName());
    boolean onKeyspace = writes || command.has(Flag.READ_ONLY);
    roams = !keyed && (onKeyspace || (inTx && ClusterRoute.looks(command)));
    selects = "select".equals(command.fullName());
    script = ScriptRoute.of(command.fullName());
    boolean skipped = command.has(Flag.SKIP_MONITOR) && script == null;
    shown = !skipped && !command.has(Flag.ADMIN);
    runsLua = script != null || LOADING.contains(command.fullName());
    inScripts = script == null && mayBeInScripts(command);
    control = Control.of(command.fullName());
    readsKeys = keyed && inTx && command.has(Flag.READ_ONLY);
    caches = "client".equals(command.container());
    event = KeyEvents.of(command);
    whileSubscribed = WHILE_SUBSCRIBED.contains(command.fullName());
    inCluster = ClusterRoute.of(command, keyed, roams, script);
    boolean harmless = HARMLESS.contains(command.fullName());
    undoable = script != null || (onKeys == null ? harmless : keyed || !writes);
  }

  /// Those that wait for keys, or the disk, do not wait there.
  private static boolean mayBeInScripts(Command command) {
    if (command.has(Flag.BLOCKING) || WAITING.contains(command.fullName())) {
      return true;
    }
    return !command.has(Flag.NO_SCRIPT) && !command.has(Flag.NO_MULTI);
  }

  /// How it calls scripts, of a command that does.
  ScriptRoute scripted() {
    return Objects.requireNonNull(script);
  }

  /// The body, of a command on keys.
  Body.OnKeys body() {
    return Objects.requireNonNull(onKeys);
  }
}
