package io.karst.server.session;

import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.KeyPositions;
import io.karst.engine.Need;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What a client has queued since `MULTI`, and what its commands need when they are run.
///
/// Thread: the one that runs the session's commands; the figures may be read by any, a moment old.
public final class Transaction {
  /// More commands, or keys, or bytes than these are not run on an event loop.
  private static final int LOOP_COMMANDS_MAX = 128;

  private static final int LOOP_SIZE_MAX = 1 << 20;

  /// What a queued command, and each word of it, takes on the heap besides its bytes.
  private static final int COMMAND_OVERHEAD = 160;

  private static final int WORD_OVERHEAD = 72;

  private static final String ABORTED = "EXECABORT Transaction discarded because of: ";

  private final boolean undoable;
  private final int databases;
  private final List<Call> calls = new ArrayList<>();
  private final KeyPositions positions = new KeyPositions();
  private Key[] keys = new Key[8];

  /// The database of each of them.
  private int[] keyDatabases = new int[8];

  private int keyCount;

  /// Where the commands to come will be, as far as that is known.
  private int database;

  private boolean switches;
  private boolean slow;
  private boolean roams;
  private boolean locksAll;
  private boolean broken;
  private int writes;
  private boolean held;
  private int scripts;
  private int demands;
  private long size;
  private long heap;
  private volatile int count;
  private volatile long heapSize;

  /// - `database`: the session's.
  /// - `undoable`: whether an error takes everything back.
  public Transaction(int database, int databases, boolean undoable) {
    this.database = database;
    this.databases = databases;
    this.undoable = undoable;
  }

  /// Adds a command, with its own copy of the words.
  void add(Route route, Args args) {
    Call call = Call.of(route, args);
    calls.add(call);
    size += args.size();
    heap += heapSize(args);
    heapSize = heap;
    writes += route.writes ? 1 : 0;
    held |= route.held;
    demands += route.deniesOom ? 1 : 0;
    scripts += route.runsLua ? 1 : 0;
    slow |= route.command.isSlow(call.args());
    roams |= route.inCluster.target() == ClusterRoute.Target.KEYSPACE;
    locksAll |= route.roams || route.command.isLockingAll(call.args());
    if (route.keyed) {
      addKeys(call);
    }
    if (route.selects) {
      select(call.args());
    }
    count = calls.size();
  }

  /// What a queued command takes on the heap, about, in bytes.
  static long heapSize(Args args) {
    return args.size() + COMMAND_OVERHEAD + (long) args.count() * WORD_OVERHEAD;
  }

  private void addKeys(Call call) {
    positions.clear();
    call.ran().command.keyPositions(call.args(), positions);
    if (keyCount + positions.count() > keys.length) {
      int capacity = Math.max(2 * keys.length, keyCount + positions.count());
      keys = Arrays.copyOf(keys, capacity);
      keyDatabases = Arrays.copyOf(keyDatabases, capacity);
    }
    for (int i = 0; i < positions.count(); i++) {
      keyDatabases[keyCount] = database;
      keys[keyCount++] = call.args().key(positions.at(i));
    }
  }

  private void select(Args args) {
    switches = true;
    long index = Decimal.isInt64(args.bytes(1)) ? args.int64(1) : -1;
    if (index >= 0 && index < databases) {
      database = (int) index;
    }
  }

  /// Notes that a command was refused: the others will not run either.
  public void breaks() {
    broken = true;
  }

  boolean broken() {
    return broken;
  }

  /// Whether an error takes everything back (`MULTI ATOMIC`).
  boolean undoable() {
    return undoable;
  }

  List<Call> calls() {
    return calls;
  }

  /// The number of commands. Any thread.
  public int count() {
    return count;
  }

  /// What the commands take on the heap, about, in bytes. Any thread.
  public long heapSize() {
    return heapSize;
  }

  /// The bytes of all words.
  long size() {
    return size;
  }

  /// Whether a pause of writes holds one of the commands.
  boolean held() {
    return held;
  }

  /// How many commands may write.
  int writes() {
    return writes;
  }

  /// How many commands may need memory.
  int demands() {
    return demands;
  }

  Need need() {
    return demands > 0 ? Need.GROW : writes > 0 ? Need.CHANGE : Need.READ;
  }

  /// Whether it runs with every slot locked.
  boolean locksAll() {
    return locksAll;
  }

  /// Whether there are commands that run Lua.
  boolean runsScripts() {
    return scripts > 0;
  }

  /// Whether there are commands that concern the keyspace as a whole.
  boolean roams() {
    return roams;
  }

  /// Whether its keys are in more than one database.
  boolean switches() {
    return switches;
  }

  /// Whether it is too much for an event loop.
  boolean leaves() {
    return slow
        || locksAll
        || scripts > 0
        || switches
        || count > LOOP_COMMANDS_MAX
        || keyCount > Group.KEYS_MAX
        || size > LOOP_SIZE_MAX;
  }

  /// The keys of all commands; the first [#keyCount] count.
  Key[] keys() {
    return keys;
  }

  int keyCount() {
    return keyCount;
  }

  /// The databases that its keys are in.
  int[] keyDatabases() {
    return Arrays.stream(keyDatabases, 0, keyCount).distinct().toArray();
  }

  /// Its keys in one database.
  Key[] keys(int ofDatabase) {
    return IntStream.range(0, keyCount)
        .filter(i -> keyDatabases[i] == ofDatabase)
        .mapToObj(i -> keys[i])
        .toArray(Key[]::new);
  }

  /// What is answered to commands that do not run because of an error, which is theirs or EXEC's.
  static String aborted(String line) {
    String cause = line.startsWith("ERR ") ? line.substring(4) : line;
    return ABORTED + cause;
  }

  /// What is answered to commands that are taken back because of the error of one of them.
  String undone(int index, String line) {
    String name = calls.get(index).ran().command.fullName();
    return "EXECABORT Transaction undone because of command "
        + (index + 1)
        + ", '"
        + name
        + "': "
        + line;
  }
}
