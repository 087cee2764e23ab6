package io.karst.commands.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `XADD … IDMP | IDMPAUTO` and `XCFGSET`.
class ProducersTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anEntryThatComesAgainIsAddedOnce() {
    String id = store.line("XADD s IDMP p t * a 1");
    assertThat(id).isEqualTo(TestStore.START + "-0");
    assertThat(store.line("XADD s IDMP p t * a other")).isEqualTo(id);
    assertThat(store.line("XADD s IDMP q t * a 1")).isEqualTo(TestStore.START + "-1");
    assertThat(store.line("XADD s IDMP p u * a 1")).isEqualTo(TestStore.START + "-2");
    assertThat(store.line("XLEN s")).isEqualTo("3");
    assertThat(store.line("XINFO STREAM s"))
        .contains(
            "idmp-duration, 100, idmp-maxsize, 100, pids-tracked, 2, iids-tracked, 3,"
                + " iids-added, 3, iids-duplicates, 1");
  }

  @Test
  void whatAnEntrySaysMayBeItsToken() {
    String id = store.line("XADD s IDMPAUTO p * a 1 b 2");
    assertThat(store.line("XADD s IDMPAUTO p * a 1 b 2")).isEqualTo(id);
    assertThat(store.line("XADD s IDMPAUTO p * a 1 b 3")).isNotEqualTo(id);
    assertThat(store.line("XADD s IDMPAUTO p * a1 b 2 x")).isNotEqualTo(id);
    assertThat(store.line("XADD s IDMPAUTO q * a 1 b 2")).isNotEqualTo(id);
    assertThat(store.line("XLEN s")).isEqualTo("4");
  }

  @Test
  void anEntryIsKnownAlthoughItWasDeleted() {
    String id = store.line("XADD s IDMP p t * a 1");
    store.line("XDEL s " + id);
    assertThat(store.line("XADD s IDMP p t * a 1")).isEqualTo(id);
    assertThat(store.line("XLEN s")).isEqualTo("0");
  }

  @Test
  void itIsForgottenWithTime() {
    String id = store.line("XADD s IDMP p t * a 1");
    store.advance(99_999);
    assertThat(store.line("XADD s IDMP p t * a 1")).isEqualTo(id);
    store.advance(1);
    assertThat(store.line("XINFO STREAM s")).contains("pids-tracked, 0, iids-tracked, 0");
    assertThat(store.line("XADD s IDMP p t * a 1")).isNotEqualTo(id);
    assertThat(store.line("XINFO STREAM s")).contains("pids-tracked, 1, iids-tracked, 1");
  }

  @Test
  void onlySoManyAreKnown() {
    store.line("XADD s 0-1 a 0");
    assertThat(store.line("XCFGSET s IDMP-MAXSIZE 2")).isEqualTo("OK");
    String first = store.line("XADD s IDMP p 1 * a 1");
    String second = store.line("XADD s IDMP p 2 * a 1");
    store.line("XADD s IDMP p 3 * a 1");
    assertThat(store.line("XADD s IDMP p 2 * a 1")).isEqualTo(second);
    assertThat(store.line("XADD s IDMP p 1 * a 1")).isNotEqualTo(first);
  }

  @Test
  void anotherRuleForgetsAllAndTheSameRuleNothing() {
    store.line("XADD s IDMP p t * a 1");
    assertThat(store.line("XCFGSET s IDMP-DURATION 100 IDMP-MAXSIZE 100")).isEqualTo("OK");
    assertThat(store.line("XINFO STREAM s")).contains("iids-tracked, 1, iids-added, 1");
    assertThat(store.line("XCFGSET s IDMP-DURATION 5")).isEqualTo("OK");
    assertThat(store.line("XINFO STREAM s"))
        .contains("idmp-duration, 5, idmp-maxsize, 100, pids-tracked, 0, iids-tracked, 0")
        .contains("iids-added, 1");
  }

  @Test
  void wordsThatAreWrongChangeNothing() {
    store.line("XADD s 0-1 a 0");
    store.takeEffects();
    assertThat(store.line("XADD s IDMP p t 1-1 a 1"))
        .isEqualTo("!ERR IDMP/IDMPAUTO can be used only with auto-generated IDs");
    assertThat(store.line("XADD s IDMP p t 1-* a 1")).startsWith("!ERR IDMP/IDMPAUTO can be used");
    assertThat(store.line("XADD s IDMP p t IDMPAUTO p * a 1"))
        .isEqualTo("!ERR IDMP/IDMPAUTO specified multiple times");
    assertThat(store.run("XADD", "s", "IDMP", "", "t", "*", "a", "1").toString())
        .contains("non-empty producer ID");
    assertThat(store.run("XADD", "s", "IDMP", "p", "", "*", "a", "1").toString())
        .contains("non-empty idempotent ID");
    assertThat(store.line("XCFGSET s")).startsWith("!ERR");
    assertThat(store.line("XCFGSET s IDMP-DURATION 0")).startsWith("!ERR invalid duration");
    assertThat(store.line("XCFGSET s IDMP-DURATION 86401")).startsWith("!ERR invalid duration");
    assertThat(store.line("XCFGSET s IDMP-MAXSIZE 10001")).startsWith("!ERR invalid maxsize");
    assertThat(store.line("XCFGSET s IDMP-SIZE 1")).isEqualTo("!ERR syntax error");
    assertThat(store.line("XCFGSET none IDMP-MAXSIZE 1")).isEqualTo("!ERR no such key");
    assertThat(store.line("XADD none NOMKSTREAM IDMP p t * a 1")).isEqualTo("nil");
    assertThat(store.takeEffects()).isEmpty();
  }

  @Test
  void copiesKnowWhatTheirOriginalKnows() {
    String id = store.line("XADD s IDMP p t * a 1");
    store.line("COPY s {s}2");
    store.line("RENAME s {s}3");
    assertThat(store.line("XADD {s}2 IDMP p t * a 1")).isEqualTo(id);
    assertThat(store.line("XADD {s}3 IDMP p t * a 1")).isEqualTo(id);
  }
}
