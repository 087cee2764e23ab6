package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.base.CommandException;
import io.karst.base.DoubleText;
import io.karst.base.Fault;
import io.karst.base.Invariant;
import io.karst.base.Limits;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.LongWorkException;
import io.karst.engine.Planter;
import io.karst.engine.Tx;
import io.karst.history.Effect;
import io.karst.history.KeptLog;
import io.karst.history.Log;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// A store in memory to run commands on, without a server: its clock stands still until
/// [#advance], and it records the effects. Starts at [#START].
///
/// Thread: the test's.
public final class TestStore implements AutoCloseable {
  /// Milliseconds since 1970 at which the clock of every new store stands.
  public static final long START = 1_700_000_000_000L;

  private static final CommandTable TABLE = CommandTable.load();

  private final StandingClock clock = new StandingClock();
  private final KeptLog recorder = new KeptLog();
  private long taken;
  private final KeyPositions positions = new KeyPositions();
  private final Engine engine;
  private final Tx tx;
  private int database;

  public TestStore() {
    this(Limits.STRING_SIZE_MAX, true);
  }

  private TestStore(int stringLimit, boolean recording) {
    engine =
        Engine.open(
            EngineOptions.defaults(1)
                .withStringLimit(stringLimit)
                .withClock(clock)
                .withLog(recording ? recorder : Log.NONE)
                .withMaintenance(false));
    tx = engine.newTx();
  }

  /// A store whose strings are at most `bytes` long.
  public static TestStore withStringLimit(int bytes) {
    return new TestStore(bytes, true);
  }

  /// A store that records no effects, for values too large to be there twice.
  public static TestStore withoutHistory() {
    return new TestStore(Limits.STRING_SIZE_MAX, false);
  }

  /// Runs a command, its words being UTF-8; an error is a [Reply.Err].
  public Reply run(String... words) {
    return run(Args.of(words));
  }

  /// Runs a command; an error is a [Reply.Err].
  public Reply run(Bytes... words) {
    return run(Args.of(words));
  }

  public Reply run(Args args) {
    try {
      Command command = TABLE.find(args);
      return command.body() instanceof Body.OnKeys body
          ? run(command, body, args)
          : new Reply.Err("not a command on keys: " + command.fullName());
    } catch (CommandException mistake) {
      return new Reply.Err(mistake.line());
    } catch (Fault fault) {
      return new Reply.Err(fault.line());
    }
  }

  private Reply run(Command command, Body.OnKeys body, Args args) {
    tx.begin(clock.millis, database);
    addSlots(command, args);
    if (command.isLockingAll(args)) {
      tx.lockAll();
    } else {
      tx.lock();
    }
    try {
      return lasting(body.run(tx, args));
    } finally {
      tx.end();
    }
  }

  /// Whether a command that is asked to be brief is left for another thread to run.
  public boolean takesLong(String... words) {
    Args args = Args.of(words);
    Command command = TABLE.find(args);
    tx.begin(clock.millis, database);
    addSlots(command, args);
    tx.lock();
    try {
      tx.next(database);
      tx.brief();
      return Reply.isLong(((Body.OnKeys) command.body()).run(tx, args)) && tx.leaves();
    } catch (LongWorkException leaving) {
      return true;
    } finally {
      tx.end();
    }
  }

  /// Runs commands in one transaction, one after the other, as a pipeline is; what they answer is
  /// lost.
  public void runTogether(List<String[]> commands) {
    tx.begin(clock.millis, database);
    List<Args> all = commands.stream().map(Args::of).toList();
    all.forEach(args -> addSlots(TABLE.find(args), args));
    tx.lock();
    try {
      for (Args args : all) {
        tx.next(database);
        runAmongOthers((Body.OnKeys) TABLE.find(args).body(), args);
      }
    } finally {
      tx.end();
    }
  }

  /// Runs commands as one and takes them back, under all locks; what they answer is lost.
  public void runAndUndo(List<Bytes[]> commands) {
    tx.begin(clock.millis, database);
    tx.lockAll();
    tx.undoable();
    try {
      for (Bytes[] words : commands) {
        Args args = Args.of(words);
        tx.next(database);
        runAmongOthers((Body.OnKeys) TABLE.find(args).body(), args);
      }
    } finally {
      tx.rollback();
      tx.end();
    }
  }

  private void runAmongOthers(Body.OnKeys body, Args args) {
    try {
      body.run(tx, args);
    } catch (CommandException mistake) {
      // The command has changed nothing.
    }
  }

  private void addSlots(Command command, Args args) {
    positions.clear();
    command.keyPositions(args, positions);
    for (int i = 0; i < positions.count(); i++) {
      tx.slots().add(args.key(positions.at(i)).slot());
    }
  }

  /// The line of the error a command answers, or `no error: ` and its reply.
  public String error(String... words) {
    Reply reply = run(words);
    return reply instanceof Reply.Err error ? error.line() : "no error: " + reply;
  }

  /// The reply of a command in one line: strings as they are, integers in decimal, nil, lists in
  /// brackets, errors behind `!`.
  public String show(String... words) {
    return show(run(words));
  }

  /// Runs the words of a line, one space between two of them, and shows the reply as [#show].
  public String line(String line) {
    return show(line.split(" ", -1));
  }

  /// Lets time pass.
  public void advance(long millis) {
    clock.millis += millis;
  }

  public long now() {
    return clock.millis;
  }

  /// The database of the commands from now on.
  public void select(int newDatabase) {
    database = newDatabase;
  }

  /// Puts an empty value of another type than string at a key that does not exist.
  public void plant(String key, ValueType type) {
    Planter.plant(engine, tx, Bytes.utf8(key), type);
  }

  /// Milliseconds since 1970, or the sentinels of [Tx#expiry].
  public long expiry(String key) {
    Key found = Key.of(key);
    tx.begin(clock.millis, database);
    tx.slots().add(found.slot());
    tx.lock();
    try {
      return tx.expiry(found);
    } finally {
      tx.end();
    }
  }

  public Engine engine() {
    return engine;
  }

  /// The effects so far, and forgets them.
  public List<Effect> takeEffects() {
    List<Effect> effects = recorder.effects(taken);
    taken = recorder.tail();
    return effects;
  }

  @Override
  public void close() {
    tx.close();
    engine.close();
  }

  /// A reply without views.
  private static Reply lasting(Reply reply) {
    return switch (reply) {
      case Reply.Bulk bulk -> new Reply.Bulk(bulk.bytes().copy());
      case Reply.Array array -> new Reply.Array(lasting(array.items()));
      case Reply.Dictionary dictionary -> new Reply.Dictionary(lasting(dictionary.keysAndValues()));
      case Reply.Entries entries -> new Reply.Entries(lasting(entries.keysAndValues()));
      case Reply.Collection set -> new Reply.Collection(lasting(set.items()));
      case Reply.Push push -> new Reply.Push(lasting(push.items()));
      case Reply.Strings strings -> new Reply.Strings(lasting(strings.items()), strings.shape());
      case Reply.Scored scored -> new Reply.Scored(lasting(scored.items()), scored.paired());
      default -> reply;
    };
  }

  private static StringSource lasting(StringSource items) {
    BulkList copies = new BulkList();
    items.forEach(item -> {
      if (item == null) {
        copies.addNil();
      } else {
        copies.add(item);
      }
    });
    int size = items.size();
    Invariant.check(
        size == StringSource.UNKNOWN || size == copies.size(),
        () -> "a reply of " + size + " strings has " + copies.size());
    return copies;
  }

  private static ScoreSource lasting(ScoreSource items) {
    ScoredList copies = new ScoredList();
    items.forEach(copies::add);
    int size = items.size();
    Invariant.check(
        size == copies.size(), () -> "a reply of " + size + " members has " + copies.size());
    return copies;
  }

  private static List<Reply> lasting(List<? extends Reply> replies) {
    List<Reply> copies = new ArrayList<>();
    replies.forEach(reply -> copies.add(lasting(reply)));
    return copies;
  }

  /// See [#show(String...)].
  public static String show(Reply reply) {
    return switch (reply) {
      case Reply.Simple simple -> simple.text();
      case Reply.Err error -> "!" + error.line();
      case Reply.Int integer -> Long.toString(integer.value());
      case Reply.Bulk bulk -> bulk.bytes().utf8();
      case Reply.Nil _, Reply.NilArray _ -> "nil";
      case Reply.Real real -> Double.toString(real.value());
      case Reply.RealText real -> real.digits().utf8();
      case Reply.Bool bool -> Boolean.toString(bool.value());
      case Reply.BigNumber number -> number.digits();
      case Reply.Verbatim verbatim -> verbatim.bytes().utf8();
      case Reply.Array array -> show(array.items());
      case Reply.Dictionary dictionary -> show(dictionary.keysAndValues());
      case Reply.Entries entries -> show(entries.keysAndValues());
      case Reply.Collection set -> show(set.items());
      case Reply.Push push -> show(push.items());
      case Reply.Strings strings -> show(strings.items());
      case Reply.Scored scored -> show(scored.items());
      case Reply.Attributed attributed -> show(attributed.reply());
      case Reply.Frames frames -> show(frames.frames());
      case Reply.None _ -> "none";
      case Reply.Blocked blocked -> "blocked, or " + show(blocked.onTimeout());
    };
  }

  private static String show(List<? extends Reply> replies) {
    List<String> shown = new ArrayList<>();
    replies.forEach(reply -> shown.add(show(reply)));
    return shown.toString();
  }

  private static String show(StringSource items) {
    List<String> shown = new ArrayList<>();
    items.forEach(item -> shown.add(item == null ? "nil" : item.utf8()));
    return shown.toString();
  }

  private static String show(ScoreSource items) {
    List<String> shown = new ArrayList<>();
    items.forEach((member, score) -> {
      shown.add(member.utf8());
      shown.add(DoubleText.of(score));
    });
    return shown.toString();
  }

  private static final class StandingClock implements Clock {
    private long millis = START;

    @Override
    public long wallMillis() {
      return millis;
    }

    @Override
    public long monotonicNanos() {
      return millis * 1_000_000;
    }
  }
}
