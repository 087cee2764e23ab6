package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The longest string there is by default, 512 MB, in the commands that go through all of it.
class LargestStringTest {
  private final TestStore store = TestStore.withoutHistory();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void commandsTakeHalfAGigabyte() {
    byte[] array = new byte[Limits.STRING_SIZE_MAX];
    array[0] = 1;
    array[array.length - 1] = 2;
    Bytes value = Bytes.of(array);
    assertThat(store.run(Bytes.utf8("SET"), Bytes.utf8("k"), value)).isEqualTo(Reply.OK);
    assertThat(store.show("STRLEN", "k")).isEqualTo("536870912");
    assertThat(store.show("APPEND", "k", "x")).startsWith("!ERR string exceeds");
    assertThat(store.show("GETRANGE", "k", "-1", "-1")).isEqualTo("\2");
    assertThat(store.show("BITCOUNT", "k")).isEqualTo("2");
    assertThat(store.show("BITPOS", "k", "1", "1")).isEqualTo("4294967294");
    assertThat(store.show("SETBIT", "k", "4294967295", "1")).isEqualTo("0");
    assertThat(store.show("BITOP", "NOT", "n", "k")).isEqualTo("536870912");
    assertThat(store.show("BITCOUNT", "n")).isEqualTo("4294967293");
  }
}
