package io.karst.commands;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.engine.Elements;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Replay;
import io.karst.engine.SortedSetView;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.history.Effect;
import io.karst.keyspace.Key;
import io.karst.value.StreamProducers;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The effects of every writing command of the table, replayed into an empty engine, rebuild the
/// state the commands left. A new command takes part by being in the table.
class ReplayTest {
  private static final CommandTable TABLE = CommandTable.load();
  private static final int ROUNDS = 100;
  private static final int UNDO_STORES = 30;

  /// Rounds for a command that had no effect yet: a drawn line seldom fits what there is.
  private static final int ROUNDS_MAX = 200_000;

  /// Those whose lines need a word no syntax tells: a payload made by `DUMP`.
  private static final Set<String> NEEDS_PAYLOAD = Set.of("restore");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  /// - `content`: of a string its bytes, of a collection its elements in an order of their own,
  ///   and of a sorted set also their ranks.
  private record Value(@Nullable ValueType type, Object content, long expiry) {}

  @Test
  void replayingTheEffectsOfEveryWritingCommandRebuildsTheState() {
    System.out.println("ReplayTest seed " + seed);
    Set<String> withoutEffect = new HashSet<>();
    for (Command command : writing()) {
      if (!replays(command)) {
        withoutEffect.add(command.fullName());
      }
    }
    assertThat(withoutEffect).as("commands that never had an effect").isEmpty();
  }

  @Test
  void allWritingCommandsMixedReplayToTheSameState() {
    System.out.println("ReplayTest seed " + seed);
    List<Command> commands = writing();
    try (TestStore store = new TestStore()) {
      CommandLines lines = new CommandLines(random, store.now());
      for (int i = 0; i < 8_000; i++) {
        Command command = commands.get(random.nextInt(commands.size()));
        run(store, command, lines);
        if (random.nextInt(50) == 0) {
          store.advance(random.nextInt(2_000));
        }
      }
      assertSame(store, store.takeEffects());
    }
  }

  @Test
  void anErrorLeavesEveryKeyAsItWas() {
    System.out.println("ReplayTest seed " + seed);
    for (Command command : writing()) {
      try (TestStore store = new TestStore()) {
        CommandLines lines = new CommandLines(random, store.now());
        for (int i = 0; i < ROUNDS; i++) {
          prepare(store, lines);
          List<Bytes> line = line(store, command, lines);
          Map<String, Value> before = state(store.engine(), store.now());
          if (store.run(line.toArray(Bytes[]::new)) instanceof Reply.Err error) {
            assertThat(state(store.engine(), store.now()))
                .as("%s answered %s", line, error.line())
                .isEqualTo(before);
          }
        }
      }
    }
  }

  @Test
  void whatIsTakenBackWasNeverThere() {
    System.out.println("ReplayTest seed " + seed);
    for (int i = 0; i < UNDO_STORES; i++) {
      takeBack(i * ROUNDS);
    }
  }

  private void takeBack(int begin) {
    List<Command> commands =
        writing().stream().filter(command -> !command.keySpecs().isEmpty()).toList();
    try (TestStore store = new TestStore()) {
      List<Effect> history = new ArrayList<>();
      CommandLines lines = new CommandLines(random, store.now());
      for (int i = begin; i < begin + ROUNDS; i++) {
        List<Bytes[]> together = new ArrayList<>();
        Command command = commands.get(i % commands.size());
        together.add(line(store, command, lines).toArray(Bytes[]::new));
        for (int more = random.nextInt(4); more > 0; more--) {
          Command other = commands.get(random.nextInt(commands.size()));
          together.add(line(store, other, lines).toArray(Bytes[]::new));
        }
        together.removeIf(words -> !isComplete(words));
        prepare(store, lines);
        grow(store, lines.key());
        removeDue(store);
        Map<String, Value> before = state(store.engine(), store.now());
        Map<String, String> forms = forms(store);
        history.addAll(store.takeEffects());
        if (i % 3 == 0) {
          store.advance(random.nextInt(20_000)); // What is due goes all the same.
          store.runAndUndo(together);
        } else {
          store.runAndUndo(together);
          assertThat(state(store.engine(), store.now())).isEqualTo(before);
          assertThat(forms(store)).isEqualTo(forms);
          assertThat(store.takeEffects()).isEmpty();
        }
        run(store, command, lines);
        history.addAll(store.takeEffects());
      }
      assertSame(store, history);
    }
  }

  private static boolean isComplete(Bytes[] words) {
    try {
      TABLE.find(Args.of(words));
      return true;
    } catch (CommandException incomplete) {
      return false;
    }
  }

  /// Makes what is at a key too large to be packed, now and then.
  private void grow(TestStore store, String key) {
    int elements = random.nextInt(8) == 0 ? 700 : 0;
    for (int i = 0; i < elements; i++) {
      String element = "element" + i;
      switch (store.line("TYPE " + key)) {
        case "hash" -> store.run("HSET", key, element, "17");
        case "set" -> store.run("SADD", key, element);
        case "zset" -> store.run("ZADD", key, Integer.toString(i), element);
        case "list" -> store.run("RPUSH", key, element.repeat(10));
        default -> i = elements;
      }
    }
  }

  /// Comes upon each key in each database: what is due by now is gone then.
  private static void removeDue(TestStore store) {
    try (Tx tx = store.engine().newTx()) {
      for (int database = 0; database < store.engine().databases(); database++) {
        for (int i = 0; i < CommandLines.KEYS; i++) {
          value(tx, store.now(), database, Key.of("{k}" + i));
        }
      }
    }
  }

  /// How the values are held.
  private static Map<String, String> forms(TestStore store) {
    Map<String, String> forms = new TreeMap<>();
    for (int i = 0; i < CommandLines.KEYS; i++) {
      forms.put("{k}" + i, store.line("OBJECT ENCODING {k}" + i));
    }
    return forms;
  }

  private static List<Command> writing() {
    return TABLE.all().stream()
        .filter(command -> command.has(Flag.WRITE) && command.body() instanceof Body.OnKeys)
        .toList();
  }

  /// Whether any run of the command had an effect; fails if a replay differs.
  private boolean replays(Command command) {
    boolean effective = false;
    try (TestStore store = new TestStore()) {
      CommandLines lines = new CommandLines(random, store.now());
      for (int i = 0; i < ROUNDS; i++) {
        prepare(store, lines);
      }
      List<Effect> history = new ArrayList<>(store.takeEffects());
      for (int i = 0; i < ROUNDS || (!effective && i < ROUNDS_MAX); i++) {
        run(store, command, lines);
        List<Effect> own = store.takeEffects();
        effective |= !own.isEmpty();
        history.addAll(own);
        prepare(store, lines);
        history.addAll(store.takeEffects());
      }
      assertSame(store, history);
    }
    return effective;
  }

  private void run(TestStore store, Command command, CommandLines lines) {
    store.run(line(store, command, lines).toArray(Bytes[]::new));
  }

  private static List<Bytes> line(TestStore store, Command command, CommandLines lines) {
    List<Bytes> line = new ArrayList<>(lines.of(command).stream().map(Bytes::utf8).toList());
    if (NEEDS_PAYLOAD.contains(command.fullName())) {
      store.run("SET", "{k}payload", "1234567");
      if (store.run("DUMP", "{k}payload") instanceof Reply.Bulk payload) {
        line.set(3, payload.bytes());
      }
    }
    return line;
  }

  private void prepare(TestStore store, CommandLines lines) {
    store.run("DEL", lines.key(), lines.key(), lines.key());
    String key = lines.key();
    String element = lines.element();
    switch (random.nextInt(7)) {
      case 0 -> store.run("HSET", key, element, "17", lines.element(), "some text");
      case 1 -> store.run("SADD", key, element, lines.element(), lines.element());
      case 2 -> store.run("ZADD", key, "1.5", element, "2", lines.element());
      case 3 -> store.run("RPUSH", key, "value0", "17", "value1", "17");
      case 4 -> store.run("PFADD", key, element);
      default -> store.run("SET", key, random.nextBoolean() ? "17" : "some text");
    }
    if (random.nextInt(3) > 0) {
      String time = Integer.toString(1_000 + random.nextInt(100_000));
      store.run("PEXPIREMEMBER", key, element, time);
    }
    prepareStream(store, lines.key());
    if (random.nextBoolean()) {
      store.run("PEXPIRE", key, Integer.toString(1_000 + random.nextInt(100_000)));
    }
  }

  /// A stream with two groups, in one of which entries are pending.
  private static void prepareStream(TestStore store, String key) {
    store.line("DEL " + key);
    for (int i = 1; i <= 4; i++) {
      store.line("XADD " + key + " " + 2 * i + "-1 field value" + i);
    }
    store.line("XGROUP CREATE " + key + " group0 0");
    store.line("XGROUP CREATE " + key + " group1 $");
    store.line("XREADGROUP GROUP group0 consumer0 COUNT 3 STREAMS " + key + " >");
  }

  private static void assertSame(TestStore store, List<Effect> history) {
    try (Engine replayed = Engine.open(EngineOptions.defaults(2).withMaintenance(false));
        Tx tx = replayed.newTx()) {
      Replay replay = new Replay(tx);
      history.forEach(replay::apply);
      assertThat(state(replayed, store.now())).isEqualTo(state(store.engine(), store.now()));
    }
  }

  /// Every key that is not due, with its value and expiry.
  private static Map<String, Value> state(Engine engine, long now) {
    Map<String, Value> state = new TreeMap<>();
    try (Tx tx = engine.newTx()) {
      for (int database = 0; database < engine.databases(); database++) {
        Set<Bytes> keys = new HashSet<>();
        tx.begin(now, database);
        tx.all().forEach(-1, (key, type, expiry) -> keys.add(key.copy()));
        tx.end();
        for (Bytes bytes : keys) {
          state.put(database + ":" + bytes, value(tx, now, database, Key.of(bytes)));
        }
      }
    }
    return state;
  }

  private static Value value(Tx tx, long now, int database, Key key) {
    tx.begin(now, database);
    tx.slots().add(key.slot());
    tx.lock();
    try {
      return new Value(tx.type(key), content(tx, key), tx.expiry(key));
    } finally {
      tx.end();
    }
  }

  private static Object content(Tx tx, Key key) {
    return switch (tx.type(key)) {
      case null -> "";
      case STRING -> requireNonNull(tx.string(key)).copy();
      case HASH -> elements(tx.hash(key));
      case SET -> elements(tx.set(key));
      case SORTED_SET -> List.of(elements(tx.sortedSet(key)), order(tx.sortedSet(key)));
      case LIST -> requireNonNull(tx.values().dump(key)).body();
      case STREAM ->
          List.of(requireNonNull(tx.values().dump(key)).body(), producers(tx, tx.stream(key)));
    };
  }

  /// What a stream knows of producers that is not past its time.
  private static List<String> producers(Tx tx, StreamView stream) {
    StreamProducers producers = stream.producers();
    List<String> known = new ArrayList<>();
    if (producers != null) {
      known.add(producers.durationSeconds() + " " + producers.tokensMax());
      known.add(producers.added() + " " + producers.duplicates());
      producers.forEach((producer, token, id, added) -> {
        if (producers.find(producer, token, tx.now()) != null) {
          known.add(producer + " " + token + " " + id + " " + added);
        }
      });
    }
    return known;
  }

  private static List<Bytes> order(SortedSetView set) {
    List<Bytes> members = new ArrayList<>();
    set.range(0, Long.MAX_VALUE, false, (member, score) -> members.add(member.copy()));
    return members;
  }

  private static Map<Bytes, String> elements(Elements elements) {
    Map<Bytes, String> all = new TreeMap<>();
    elements.forEach(
        (element, value) -> all.put(element.copy(), value + " until " + elements.expiry(element)));
    return all;
  }
}
