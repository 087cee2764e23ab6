package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InspectTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void encodings() {
    store.show("SET", "int", "-12");
    store.show("SET", "embstr", "12a");
    store.show("SET", "longest", "a".repeat(44));
    store.show("SET", "raw", "a".repeat(45));
    store.show("APPEND", "int2", "1");
    store.show("APPEND", "int2", "2");
    assertThat(store.show("OBJECT", "ENCODING", "int")).isEqualTo("int");
    assertThat(store.show("OBJECT", "ENCODING", "embstr")).isEqualTo("embstr");
    assertThat(store.show("OBJECT", "ENCODING", "longest")).isEqualTo("embstr");
    assertThat(store.show("OBJECT", "ENCODING", "raw")).isEqualTo("raw");
    assertThat(store.show("OBJECT", "ENCODING", "int2")).isEqualTo("raw");
  }

  @Test
  void idleTimeIsThatSinceTheLastAccess() {
    store.show("SET", "a", "1");
    store.advance(60_000);
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("60");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("60");
    store.show("GET", "a");
    assertThat(store.show("OBJECT", "IDLETIME", "a")).isEqualTo("0");
  }

  @Test
  void valuesAreNotShared() {
    store.show("SET", "a", "1");
    assertThat(store.show("OBJECT", "REFCOUNT", "a")).isEqualTo("1");
  }

  @Test
  void frequenciesAreNotTracked() {
    store.show("SET", "a", "1");
    assertThat(store.error("OBJECT", "FREQ", "a"))
        .isEqualTo(
            "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please"
                + " note that when switching between policies at runtime LRU and LFU data will"
                + " take some time to adjust.");
  }

  @Test
  void withoutAKeyItIsNil() {
    for (String about : new String[] {"ENCODING", "FREQ", "IDLETIME", "REFCOUNT"}) {
      assertThat(store.show("OBJECT", about, "missing")).isEqualTo("nil");
    }
  }

  @Test
  void helpNamesAllSubcommands() {
    assertThat(store.show("OBJECT", "HELP"))
        .startsWith("[OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:")
        .contains("ENCODING", "FREQ", "IDLETIME", "REFCOUNT");
  }

  @Test
  void errors() {
    assertThat(store.error("OBJECT"))
        .isEqualTo("ERR wrong number of arguments for 'object' command");
    assertThat(store.error("OBJECT", "ENCODING"))
        .isEqualTo("ERR wrong number of arguments for 'object|encoding' command");
    assertThat(store.error("OBJECT", "foo", "a"))
        .isEqualTo("ERR unknown subcommand 'foo'. Try OBJECT HELP.");
  }
}
