package io.karst.commands.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeleteTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keysThatExistedAreCounted() {
    store.show("MSET", "a", "1", "b", "2");
    assertThat(store.show("DEL", "a", "b", "c")).isEqualTo("2");
    assertThat(store.show("EXISTS", "a", "b")).isEqualTo("0");
  }

  @Test
  void aKeyNamedTwiceIsCountedOnce() {
    store.show("SET", "a", "1");
    assertThat(store.show("DEL", "a", "a")).isEqualTo("1");
  }

  @Test
  void aKeyThatIsDueDidNotExist() {
    store.show("SET", "a", "1", "PX", "1");
    store.advance(1);
    assertThat(store.show("DEL", "a")).isEqualTo("0");
  }

  @Test
  void unlinkDoesTheSame() {
    store.show("MSET", "a", "1", "b", "2");
    assertThat(store.show("UNLINK", "a", "b", "b", "c")).isEqualTo("2");
  }

  @Test
  void anyTypeIsDeleted() {
    store.plant("a", ValueType.HASH);
    assertThat(store.show("DEL", "a")).isEqualTo("1");
    assertThat(store.show("TYPE", "a")).isEqualTo("none");
  }

  @Test
  void emptyAndBinaryKeys() {
    Bytes key = Bytes.of((byte) 0, (byte) 0xff, (byte) '\n');
    store.run(Bytes.utf8("SET"), key, Bytes.utf8("1"));
    store.show("SET", "", "2");
    assertThat(store.run(Bytes.utf8("DEL"), key, Bytes.EMPTY)).isEqualTo(new Reply.Int(2));
  }

  @Test
  void withoutKeysTheArityIsWrong() {
    assertThat(store.error("DEL")).isEqualTo("ERR wrong number of arguments for 'del' command");
    assertThat(store.error("UNLINK"))
        .isEqualTo("ERR wrong number of arguments for 'unlink' command");
  }
}
