package io.karst.commands.hyperloglog;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HyperLogLogTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void estimatesWithinItsError() {
    int count = 0;
    for (int i = 0; i < 100; i++) {
      String[] words = new String[102];
      words[0] = "PFADD";
      words[1] = "c";
      for (int j = 2; j < words.length; j++) {
        words[j] = "element" + count++;
      }
      store.run(words);
      long estimate = Long.parseLong(store.line("PFCOUNT c"));
      assertThat(Math.abs(estimate - count)).isLessThanOrEqualTo(2 + count / 20);
    }
    assertThat(store.line("PFDEBUG ENCODING c")).isEqualTo("dense");
  }

  @Test
  void holdsTheRunsOfRedis() {
    assertThat(store.line("PFADD c")).isEqualTo("1");
    assertThat(store.line("PFADD c")).isEqualTo("0");
    assertThat(store.line("PFADD c a b c")).isEqualTo("1");
    assertThat(store.line("PFADD c a b c")).isEqualTo("0");
    assertThat(store.line("PFDEBUG DECODE c"))
        .isEqualTo("Z:8436 v:1,1 Z:4274 v:2,1 Z:3068 v:1,1 Z:603");
    assertThat(store.line("PFCOUNT c")).isEqualTo("3");
    assertThat(store.line("PFDEBUG TODENSE c")).isEqualTo("1");
    assertThat(store.line("PFCOUNT c")).isEqualTo("3");
    assertThat(store.line("STRLEN c")).isEqualTo("12304");
  }

  @Test
  void aSparseAndADenseOneCountTheSame() {
    store.line("PFADD dense x");
    store.line("PFDEBUG TODENSE dense");
    store.line("PFADD sparse x");
    for (int i = 0; i < 300; i++) {
      assertThat(store.line("PFADD dense e" + i)).isEqualTo(store.line("PFADD sparse e" + i));
    }
    assertThat(store.line("PFDEBUG ENCODING sparse")).isEqualTo("sparse");
    assertThat(store.line("PFCOUNT dense")).isEqualTo(store.line("PFCOUNT sparse"));
    assertThat(store.line("PFDEBUG GETREG dense")).isEqualTo(store.line("PFDEBUG GETREG sparse"));
  }

  @Test
  void mergesAndCountsTogether() {
    store.line("PFADD a 1 2 3");
    store.line("PFADD b 3 4");
    assertThat(store.line("PFCOUNT a b none")).isEqualTo("4");
    assertThat(store.line("PFMERGE d a b")).isEqualTo("OK");
    assertThat(store.line("PFCOUNT d")).isEqualTo("4");
    assertThat(store.line("PFDEBUG ENCODING d")).isEqualTo("sparse");
    store.line("PFDEBUG TODENSE b");
    assertThat(store.line("PFMERGE d b")).isEqualTo("OK");
    assertThat(store.line("PFDEBUG ENCODING d")).isEqualTo("dense");
    assertThat(store.line("PFCOUNT d")).isEqualTo("4");
    assertThat(store.line("PFMERGE new")).isEqualTo("OK");
    assertThat(store.line("PFCOUNT new")).isEqualTo("0");
  }

  @Test
  void refusesWhatIsNone() {
    store.line("SET text text");
    store.line("SADD set 1");
    String none = "!WRONGTYPE Key is not a valid HyperLogLog string value.";
    assertThat(store.line("PFADD text a")).isEqualTo(none);
    assertThat(store.line("PFCOUNT text")).isEqualTo(none);
    assertThat(store.line("PFMERGE d text")).isEqualTo(none);
    assertThat(store.line("PFADD set a")).startsWith("!WRONGTYPE Operation");
    assertThat(store.line("PFDEBUG ENCODING none"))
        .isEqualTo("!ERR The specified key does not exist");
    store.run(Bytes.utf8("SET"), Bytes.utf8("cut"), cut());
    assertThat(store.line("PFADD cut a")).isEqualTo("!INVALIDOBJ Corrupted HLL object detected");
  }

  /// The header of a sparse one, and runs that end too early.
  private static Bytes cut() {
    byte[] value = new byte[20];
    Header.write(value, Header.SPARSE);
    Header.makeOld(value);
    return Bytes.of(value);
  }

  @Test
  void testsItself() {
    assertThat(store.line("PFSELFTEST")).isEqualTo("OK");
  }
}
