package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.engine.Replay;
import io.karst.engine.Tx;
import io.karst.history.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The effects of the commands on strings and bitmaps, replayed into an empty store, make the same
/// state: with each command in a transaction of its own, and with many in one, where a later
/// command must not change what an earlier one has put into the history.
class HistoryTest {
  private static final String[] KEYS = {"a", "b", "c", "d"};

  @Test
  void aReplayMakesTheSameStateFromSingleCommands() {
    replay(1);
  }

  @Test
  void aReplayMakesTheSameStateFromBatches() {
    replay(20);
  }

  private static void replay(int batch) {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("HistoryTest seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      try (TestStore store = new TestStore();
          TestStore copy = TestStore.withoutHistory()) {
        for (int i = 0; i < 200; i += batch) {
          List<String[]> commands = new ArrayList<>();
          for (int j = 0; j < batch; j++) {
            commands.add(command(random));
          }
          store.runTogether(commands);
          store.advance(random.nextInt(20));
        }
        apply(store.takeEffects(), copy);
        for (String key : KEYS) {
          // The look at the key deletes it if it is due, of which the copy knows nothing yet.
          assertThat(store.run("GET", key)).isNotNull();
        }
        apply(store.takeEffects(), copy);
        for (String key : KEYS) {
          assertThat(copy.run("GET", key)).as(key).isEqualTo(store.run("GET", key));
          assertThat(copy.expiry(key)).as(key).isEqualTo(store.expiry(key));
        }
      }
    }
  }

  private static void apply(List<Effect> effects, TestStore target) {
    try (Tx tx = target.engine().newTx()) {
      Replay replay = new Replay(tx);
      effects.forEach(replay::apply);
    }
  }

  private static String[] command(Random random) {
    String key = KEYS[random.nextInt(KEYS.length)];
    String other = KEYS[random.nextInt(KEYS.length)];
    String number = "" + (random.nextInt(300) - 20);
    String value = random.nextInt(4) == 0 ? "" : number.repeat(1 + random.nextInt(8));
    return switch (random.nextInt(20)) {
      case 0 -> words("SET", key, value);
      case 1 -> words("SET", key, value, "PX", "" + (1 + random.nextInt(200)));
      case 2 -> words("SET", key, value, "KEEPTTL", "GET");
      case 3 -> words("GETEX", key, "PERSIST");
      case 4 -> words("GETEX", key, "PX", "" + (1 + random.nextInt(200)));
      case 5 -> words("GETDEL", key);
      case 6 -> words("GETSET", key, value);
      case 7 -> words("MSET", key, value, other, number);
      case 8 -> words("MSETEX", "2", key, value, other, number, "PX", "50", "XX");
      case 9 -> words("INCRBY", key, number);
      case 10 -> words("INCRBYFLOAT", key, number + ".25");
      case 11 -> words("INCREX", key, "UBOUND", "500", "SATURATE", "PX", "100", "ENX");
      case 12 -> words("APPEND", key, value);
      case 13 -> words("SETRANGE", key, number, value);
      case 14 -> words("SETBIT", key, number, "1");
      case 15 -> words("BITFIELD", key, "SET", "i13", number, "77", "INCRBY", "u7", "#3", "99");
      case 16 -> words("BITOP", "XOR", key, other, key);
      case 17 -> words("BITOP", "NOT", key, other);
      case 18 -> words("DELEX", key, "IFNE", value);
      default -> words("SETNX", key, value);
    };
  }

  private static String[] words(String... words) {
    return words;
  }
}
