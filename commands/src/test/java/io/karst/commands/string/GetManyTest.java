package io.karst.commands.string;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetManyTest {
  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void returnsValuesInTheOrderOfTheKeys() {
    store.line("MSET a 1 b 2");
    assertThat(store.line("MGET b a")).isEqualTo("[2, 1]");
  }

  @Test
  void returnsNilForMissingKeysAndOtherTypes() {
    store.line("SET a 1");
    store.plant("list", ValueType.LIST);
    assertThat(store.line("MGET a none list")).isEqualTo("[1, nil, nil]");
  }

  @Test
  void returnsAKeyAsOftenAsItIsNamed() {
    store.line("SET a 1");
    assertThat(store.line("MGET a a a")).isEqualTo("[1, 1, 1]");
  }

  @Test
  void takesThousandsOfKeys() {
    String[] words = new String[5001];
    words[0] = "MGET";
    for (int i = 1; i < words.length; i++) {
      words[i] = "key" + i;
      store.run("SET", words[i], "" + i);
    }
    Reply.Array reply = (Reply.Array) store.run(words);
    for (int i = 1; i < words.length; i++) {
      assertThat(reply.items().get(i - 1)).isEqualTo(Reply.bulk("" + i));
    }
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("MGET")).isEqualTo("!ERR wrong number of arguments for 'mget' command");
  }
}
