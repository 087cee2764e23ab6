package io.karst.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CategoryTest {
  @Test
  void followFromGroupAndFlags() {
    assertThat(categories(TestOperation.read("GET key").fast())).isEqualTo("read string fast");
    assertThat(categories(TestOperation.write("SET key value"))).isEqualTo("write string slow");
    assertThat(categories(TestOperation.write("DEL key").group("generic")))
        .isEqualTo("keyspace write slow");
    assertThat(categories(TestOperation.write("ZADD key").group("sorted-set").fast()))
        .isEqualTo("write sortedset fast");
    assertThat(categories(TestOperation.other("X").group("server").admin()))
        .isEqualTo("admin slow dangerous");
    assertThat(categories(TestOperation.other("EXEC").group("transactions")))
        .isEqualTo("slow transaction");
    assertThat(categories(TestOperation.write("BLPOP key").group("list").flags(Flag.BLOCKING)))
        .isEqualTo("write list slow blocking");
    assertThat(categories(TestOperation.read("EVAL_RO s").noKeys().group("scripting")))
        .isEqualTo("slow scripting");
    assertThat(categories(TestOperation.other("PUBLISH c").group("pubsub").flags(Flag.PUBSUB)))
        .isEqualTo("pubsub slow");
  }

  @Test
  void canBeDeclared() {
    Command keys = TestOperation.read("KEYS pattern").noKeys().group("generic").dangerous();
    assertThat(categories(keys)).isEqualTo("keyspace read slow dangerous");
    assertThat(categories(keys.categories(Category.SET, Category.LIST)))
        .isEqualTo("read set list slow dangerous");
  }

  @Test
  void areFoundByName() {
    assertThat(Category.of("SortedSet")).isEqualTo(Category.SORTED_SET);
    assertThat(Category.of("sorted_set")).isNull();
    for (Category category : Category.values()) {
      assertThat(Category.of(category.redisName())).isEqualTo(category);
    }
  }

  private static String categories(Command command) {
    return command.categories().stream().map(Category::redisName).collect(Collectors.joining(" "));
  }
}
