package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimeToLiveTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void sentinels() {
    store.show("SET", "stays", "1");
    for (String command : new String[] {"TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME"}) {
      assertThat(store.show(command, "stays")).isEqualTo("-1");
      assertThat(store.show(command, "missing")).isEqualTo("-2");
    }
  }

  @Test
  void secondsAreRounded() {
    store.show("SET", "a", "1", "PX", "1500");
    assertThat(store.show("TTL", "a")).isEqualTo("2");
    store.advance(1);
    assertThat(store.show("TTL", "a")).isEqualTo("1");
    assertThat(store.show("PTTL", "a")).isEqualTo("1499");
    store.advance(1000);
    assertThat(store.show("TTL", "a")).isEqualTo("0");
    store.advance(499);
    assertThat(store.show("TTL", "a")).isEqualTo("-2");
  }

  @Test
  void timesAreAbsolute() {
    store.show("SET", "a", "1", "PXAT", "2000000000499");
    assertThat(store.show("EXPIRETIME", "a")).isEqualTo("2000000000");
    assertThat(store.show("PEXPIRETIME", "a")).isEqualTo("2000000000499");
    store.show("PEXPIREAT", "a", "2000000000500");
    assertThat(store.show("EXPIRETIME", "a")).isEqualTo("2000000001");
  }

  @Test
  void isNoAccess() {
    store.show("SET", "a", "1", "EX", "100");
    store.advance(5000);
    store.show("TTL", "a");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("5");
  }
}
