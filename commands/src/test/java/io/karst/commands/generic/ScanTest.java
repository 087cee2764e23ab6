package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Args;
import io.karst.commands.CommandTable;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScanTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static final long SEED = Long.getLong("seed", 20_261_122);

  @Test
  void anEmptyDatabaseIsDoneAtOnce() {
    assertThat(store.show("SCAN", "0")).isEqualTo("[0, []]");
  }

  @Test
  void allKeysAreShown() {
    Set<String> keys = fill(3000, "key:");
    assertThat(scan()).isEqualTo(keys);
    assertThat(scan("COUNT", "1")).isEqualTo(keys);
    assertThat(scan("COUNT", "9223372036854775807")).isEqualTo(keys);
    assertThat(scan("MATCH", "*")).isEqualTo(keys);
  }

  @Test
  void aSlotOfManyKeysIsShownInSteps() {
    Set<String> keys = fill(3000, "{tag}");
    Reply first = store.run("SCAN", "0", "COUNT", "100");
    assertThat(Listed.scanned(first)).hasSizeBetween(50, 500);
    assertThat(Listed.cursor(first)).isNotEqualTo("0");
    assertThat(scan("COUNT", "100")).isEqualTo(keys);
  }

  @Test
  void patternAndTypeFilter() {
    store.show("MSET", "a1", "1", "a2", "2", "b1", "3");
    store.plant("a3", ValueType.HASH);
    assertThat(scan("MATCH", "a*")).containsExactlyInAnyOrder("a1", "a2", "a3");
    assertThat(scan("MATCH", "a*", "TYPE", "String")).containsExactlyInAnyOrder("a1", "a2");
    assertThat(scan("TYPE", "hash")).containsExactly("a3");
    assertThat(scan("TYPE", "none-such")).isEmpty();
    assertThat(scan("MATCH", "a*", "MATCH", "b*")).containsExactly("b1");
  }

  @Test
  void aTagInFrontOfTheWildcardTakesOneSlotOnly() {
    fill(3000, "key:");
    Set<String> tagged = fill(20, "{user:7}:");
    Reply all = store.run("SCAN", "0", "MATCH", "{user:7}:*", "COUNT", "1000");
    assertThat(Listed.cursor(all)).isEqualTo("0");
    assertThat(new HashSet<>(Listed.scanned(all))).isEqualTo(tagged);
    assertThat(scan("MATCH", "{user:7}:*", "COUNT", "1")).isEqualTo(tagged);
  }

  @Test
  void aPatternWithoutWildcardsTakesOneSlotOnly() {
    fill(3000, "key:");
    assertThat(store.show("SCAN", "0", "MATCH", "key:17")).isEqualTo("[0, [key:17]]");
    assertThat(store.show("SCAN", "0", "MATCH", "key:3017")).isEqualTo("[0, []]");
  }

  @Test
  void keysThatAreDueAreNotShown() {
    fill(100, "key:");
    store.show("SET", "due", "1", "PX", "1");
    store.advance(1);
    assertThat(scan()).hasSize(100).doesNotContain("due");
  }

  @Test
  void whatStaysIsShownWhateverComesAndGoes() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (int round = 0; round < 10; round++) {
      store.show("DEL", "x");
      Set<String> staying = fill(500, "{t}stays:" + round);
      Set<String> shown = new HashSet<>();
      String cursor = "0";
      do {
        Reply reply = store.run("SCAN", cursor, "COUNT", Integer.toString(1 + random.nextInt(50)));
        shown.addAll(Listed.scanned(reply));
        cursor = Listed.cursor(reply);
        comeOrGo(random);
      } while (!cursor.equals("0"));
      assertThat(shown).containsAll(staying);
    }
  }

  @Test
  void cursorsNobodyGaveOutAreHarmless() {
    fill(100, "key:");
    for (String cursor : new String[] {"1", "16383", "18446744073709551615", "-1", "4611686018"}) {
      assertThat(store.run("SCAN", cursor)).isInstanceOf(Reply.Array.class);
      assertThat(store.run("SCAN", cursor, "MATCH", "key:1")).isInstanceOf(Reply.Array.class);
    }
  }

  @Test
  void errors() {
    assertThat(store.error("SCAN", "x")).isEqualTo("ERR invalid cursor");
    assertThat(store.error("SCAN", "x", "COUNT")).isEqualTo("ERR invalid cursor");
    assertThat(store.error("SCAN", "0", "COUNT")).isEqualTo("ERR syntax error");
    assertThat(store.error("SCAN", "0", "COUNT", "0")).isEqualTo("ERR syntax error");
    assertThat(store.error("SCAN", "0", "COUNT", "-1")).isEqualTo("ERR syntax error");
    assertThat(store.error("SCAN", "0", "COUNT", "x"))
        .isEqualTo("ERR value is not an integer or out of range");
    assertThat(store.error("SCAN", "0", "FOO", "x")).isEqualTo("ERR syntax error");
    assertThat(store.error("SCAN")).isEqualTo("ERR wrong number of arguments for 'scan' command");
  }

  @Test
  void leavesTheEventLoopAsItMayReadFromDisk() {
    Args args = Args.of("SCAN", "0");
    assertThat(CommandTable.load().find(args).isSlow(args)).isTrue();
  }

  private void comeOrGo(Random random) {
    for (int i = 0; i < 100; i++) {
      String key = "{t}passing:" + random.nextInt(5000);
      if (random.nextBoolean()) {
        store.show("SET", key, "1");
      } else {
        store.show("DEL", key);
      }
    }
  }

  private Set<String> fill(int count, String prefix) {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < count; i++) {
      store.show("SET", prefix + i, "1");
      keys.add(prefix + i);
    }
    return keys;
  }

  private Set<String> scan(String... options) {
    Set<String> keys = new HashSet<>();
    String cursor = "0";
    do {
      List<String> words = new ArrayList<>(List.of("SCAN", cursor));
      words.addAll(List.of(options));
      Reply reply = store.run(words.toArray(String[]::new));
      keys.addAll(Listed.scanned(reply));
      cursor = Listed.cursor(reply);
    } while (!cursor.equals("0"));
    return keys;
  }
}
