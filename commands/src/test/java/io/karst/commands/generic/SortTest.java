package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SortTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void sortsByNumberAndByText() {
    store.line("SADD s 10 9 -1 1.5");
    assertThat(store.line("SORT s")).isEqualTo("[-1, 1.5, 9, 10]");
    assertThat(store.line("SORT s DESC LIMIT 1 2")).isEqualTo("[9, 1.5]");
    assertThat(store.line("SORT s ALPHA")).isEqualTo("[-1, 1.5, 10, 9]");
    assertThat(store.line("SORT s LIMIT 2 -1")).isEqualTo("[9, 10]");
    assertThat(store.line("SORT s LIMIT 9 1")).isEqualTo("[]");
    store.line("SADD s text");
    assertThat(store.line("SORT s"))
        .isEqualTo("!ERR One or more scores can't be converted into double");
  }

  @Test
  void zeroIsZeroWhateverItsSign() {
    store.line("RPUSH l b a");
    store.line("MSET w_b -0 w_a 0");
    assertThat(store.line("SORT l BY w_*")).isEqualTo("[a, b]");
  }

  @Test
  void weighsByOtherKeysAndAnswersThem() {
    store.line("SADD s a b c");
    store.line("MSET w_a 3 w_b 1 name_a Anna");
    store.line("HSET h_a f x");
    store.line("HSET h_b f y");
    assertThat(store.line("SORT s BY w_*")).isEqualTo("[c, b, a]");
    assertThat(store.line("SORT s BY w_* DESC GET # GET name_* GET h_*->f"))
        .isEqualTo("[a, Anna, x, b, nil, y, c, nil, nil]");
    assertThat(store.line("SORT s BY h_*->f ALPHA DESC")).isEqualTo("[b, a, c]");
    assertThat(store.line("SORT s ALPHA GET nothing")).isEqualTo("[nil, nil, nil]");
    assertThat(store.line("SORT_RO s BY w_* STORE d")).isEqualTo("!ERR syntax error");
  }

  @Test
  void whatIsEmptyIsStoredAsNothing() {
    store.line("SET d text");
    assertThat(store.line("SORT none STORE d")).isEqualTo("0");
    assertThat(store.line("EXISTS d")).isEqualTo("0");
    store.line("HSET h a 1");
    assertThat(store.line("SORT h")).startsWith("!WRONGTYPE");
  }

  @Test
  void locksEverythingWhereKeysCannotBeTold() {
    Command sort = CommandTable.load().find(Args.of("SORT", "s"));
    assertThat(sort.isLockingAll(Args.of("SORT", "s", "ALPHA", "STORE", "d"))).isFalse();
    assertThat(sort.isLockingAll(Args.of("SORT", "s", "BY", "nosort"))).isFalse();
    assertThat(sort.isLockingAll(Args.of("SORT", "s", "BY", "w_*"))).isTrue();
    assertThat(sort.isLockingAll(Args.of("SORT", "s", "GET", "#", "get", "x*"))).isTrue();
    assertThat(sort.isLockingAll(Args.of("SORT", "s", "STORE", "a", "BY", "store", "ASC")))
        .isTrue();
  }
}
