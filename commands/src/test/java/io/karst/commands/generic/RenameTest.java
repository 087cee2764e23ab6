package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import io.karst.history.Effect;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RenameTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void valueAndExpiryGetTheNewName() {
    store.show("SET", "a", "1", "PX", "5000");
    assertThat(store.show("RENAME", "a", "b")).isEqualTo("OK");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("1");
    assertThat(store.show("PTTL", "b")).isEqualTo("5000");
  }

  @Test
  void aKeyOfTheNewNameIsReplaced() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "EX", "10");
    assertThat(store.show("RENAME", "a", "b")).isEqualTo("OK");
    assertThat(store.show("GET", "b")).isEqualTo("1");
    assertThat(store.show("TTL", "b")).isEqualTo("-1");
    assertThat(store.show("DBSIZE")).isEqualTo("1");
  }

  @Test
  void theSameNameChangesNothing() {
    store.show("SET", "a", "1", "EX", "10");
    assertThat(store.show("RENAME", "a", "a")).isEqualTo("OK");
    assertThat(store.show("RENAMENX", "a", "a")).isEqualTo("0");
    assertThat(store.show("GET", "a")).isEqualTo("1");
    assertThat(store.show("TTL", "a")).isEqualTo("10");
  }

  @Test
  void renamenxReplacesNothing() {
    store.show("MSET", "a", "1", "b", "2");
    assertThat(store.show("RENAMENX", "a", "b")).isEqualTo("0");
    assertThat(store.show("GET", "b")).isEqualTo("2");
    assertThat(store.show("RENAMENX", "a", "c")).isEqualTo("1");
    assertThat(store.show("GET", "c")).isEqualTo("1");
    assertThat(store.show("EXISTS", "a")).isEqualTo("0");
  }

  @Test
  void aKeyThatIsDueIsNotInTheWay() {
    store.show("SET", "a", "1");
    store.show("SET", "b", "2", "PX", "1");
    store.advance(1);
    assertThat(store.show("RENAMENX", "a", "b")).isEqualTo("1");
  }

  @Test
  void withoutAKeyItIsAnError() {
    assertThat(store.error("RENAME", "a", "b")).isEqualTo("ERR no such key");
    assertThat(store.error("RENAME", "a", "a")).isEqualTo("ERR no such key");
    assertThat(store.error("RENAMENX", "a", "b")).isEqualTo("ERR no such key");
  }

  @Test
  void theEncodingGoesWithTheValue() {
    store.show("APPEND", "a", "1");
    store.show("APPEND", "a", "2");
    store.show("RENAME", "a", "b");
    assertThat(store.show("OBJECT", "ENCODING", "b")).isEqualTo("raw");
  }

  @Test
  void largeValuesOfAllTypesGetTheNewName() {
    for (String type : List.of("HSET", "SADD", "ZADD", "RPUSH", "XADD")) {
      fill(type, "a", 700);
      fill("HSET", "b", 800);
      String before = store.show("DUMP", "a");
      store.run("PEXPIRE", "a", "5000");

      assertThat(store.show("RENAME", "a", "b")).isEqualTo("OK");
      assertThat(store.show("EXISTS", "a")).isEqualTo("0");
      assertThat(store.show("DUMP", "b")).isEqualTo(before);
      assertThat(store.show("PTTL", "b")).isEqualTo("5000");
      assertThat(store.show("DEL", "b")).isEqualTo("1");
    }
  }

  @Test
  void aLargeValueGoesOnLivingUnderItsNewName() {
    fill("HSET", "a", 700);
    store.run("HPEXPIRE", "a", "1000", "FIELDS", "1", "1");
    store.run("RENAME", "a", "b");
    store.run("HSET", "a", "1", "new");
    assertThat(store.show("HSET", "b", "x", "y")).isEqualTo("1");
    assertThat(store.show("HPTTL", "b", "FIELDS", "1", "1")).isEqualTo("[1000]");
    assertThat(store.show("HLEN", "b")).isEqualTo("701");
    store.advance(1000);
    assertThat(store.show("HLEN", "b")).isEqualTo("700");
    assertThat(store.show("RENAME", "b", "a")).isEqualTo("OK");
    assertThat(store.show("HLEN", "a")).isEqualTo("700");
    assertThat(store.show("EXISTS", "b")).isEqualTo("0");
  }

  @Test
  void aLargeValueIsInTheHistoryAsAWhole() {
    fill("SADD", "a", 700);
    store.takeEffects();
    store.run("RENAME", "a", "b");
    List<Effect> effects = store.takeEffects();
    assertThat(effects).hasSize(2);
    assertThat(effects.getFirst()).isInstanceOf(Effect.Restore.class);
    assertThat(effects.getLast()).isInstanceOf(Effect.Delete.class);
  }

  @Test
  void aLargeValueIsMovedWithinMemory() {
    try (TestStore cache = TestStore.withoutHistory()) {
      fill(cache, "HSET", "a", 20_000);
      long before = cache.engine().memory().usedBytes();
      assertThat(cache.show("RENAME", "a", "b")).isEqualTo("OK");
      assertThat(cache.engine().memory().usedBytes() - before).isLessThan(10_000);
      assertThat(cache.show("HLEN", "b")).isEqualTo("20000");
    }
  }

  private void fill(String command, String key, int count) {
    fill(store, command, key, count);
  }

  private static void fill(TestStore store, String command, String key, int count) {
    for (int i = 1; i <= count; i++) {
      String number = Integer.toString(i);
      switch (command) {
        case "HSET", "ZADD" -> store.run(command, key, number, number);
        case "XADD" -> store.run(command, key, number + "-1", "f", number);
        default -> store.run(command, key, "element number " + number);
      }
    }
  }
}
