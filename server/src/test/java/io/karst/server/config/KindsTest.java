package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.server.config.OutputLimits.Limit;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {
  @Test
  void sizesHaveDecimalAndBinaryUnits() throws Exception {
    assertThat(SizeKind.bytes("100")).isEqualTo(100);
    assertThat(SizeKind.bytes("7b")).isEqualTo(7);
    assertThat(SizeKind.bytes("1k")).isEqualTo(1000);
    assertThat(SizeKind.bytes("1KB")).isEqualTo(1024);
    assertThat(SizeKind.bytes("2m")).isEqualTo(2_000_000);
    assertThat(SizeKind.bytes("2Mb")).isEqualTo(2 << 20);
    assertThat(SizeKind.bytes("3g")).isEqualTo(3_000_000_000L);
    assertThat(SizeKind.bytes("3gb")).isEqualTo(3L << 30);
  }

  @Test
  void whatIsNoSizeIsRefused() {
    for (String text : new String[] {"", "kb", "-1", "1tb", "1.5g", "99999999999gb", "1 k"}) {
      assertThatThrownBy(() -> SizeKind.bytes(text))
          .as(text)
          .isInstanceOf(BadValueException.class)
          .hasMessage("argument must be a memory value");
    }
  }

  @Test
  void sizesAreWrittenInTheLargestUnitThatFits() {
    assertThat(SizeKind.shortest(0)).isEqualTo("0");
    assertThat(SizeKind.shortest(1500)).isEqualTo("1500");
    assertThat(SizeKind.shortest(64L << 20)).isEqualTo("64mb");
    assertThat(SizeKind.shortest(3L << 40)).isEqualTo("3072gb");
  }

  @Test
  void memoryMayBeAShareOfTheMachine() throws Exception {
    MemoryLimitKind kind = new MemoryLimitKind(new Machine(8L << 30, 1L << 30));
    MemoryLimit half = kind.parse(List.of("50%"), MemoryLimit.AUTOMATIC);
    assertThat(half.bytes()).isEqualTo((8L << 30) / 100 * 50);
    assertThat(kind.lines(half)).containsExactly(List.of("50%"));
    assertThat(kind.text(half)).isEqualTo(Long.toString(half.bytes()));
    assertThatThrownBy(() -> kind.parse(List.of("0%"), half)).hasMessageContaining("1% to 100%");
    assertThatThrownBy(() -> kind.parse(List.of("101%"), half)).hasMessageContaining("1% to 100%");
  }

  @Test
  void anAutomaticLimitLeavesRoomForTheHeap() {
    Machine machine = new Machine(8L << 30, 2L << 30);
    long limit = MemoryLimit.AUTOMATIC.effectiveBytes(machine);
    assertThat(limit).isBetween(4L << 30, (8L << 30) - (2L << 30));
    assertThat(new Machine(100, 200).safeShareBytes()).isEqualTo(64L << 20);
    assertThat(new MemoryLimit(77, 0).effectiveBytes(machine)).isEqualTo(77);
  }

  @Test
  void outputLimitsSetTheClassesTheyName() throws Exception {
    OutputLimitsKind kind = new OutputLimitsKind();
    OutputLimits limits =
        kind.parse(words("normal 1mb 512kb 10 slave 5 4 3"), OutputLimits.DEFAULT);
    assertThat(limits.normal()).isEqualTo(new Limit(1 << 20, 512 << 10, 10));
    assertThat(limits.replica()).isEqualTo(new Limit(5, 4, 3));
    assertThat(limits.pubsub()).isEqualTo(OutputLimits.DEFAULT.pubsub());
    assertThat(kind.text(limits))
        .isEqualTo("normal 1048576 524288 10 slave 5 4 3 pubsub 33554432 8388608 60");
  }

  @Test
  void malformedOutputLimitsAreRefused() {
    OutputLimitsKind kind = new OutputLimitsKind();
    assertThatThrownBy(() -> kind.parse(words("normal 1 2"), OutputLimits.DEFAULT))
        .hasMessage("Wrong number of arguments in buffer limit configuration.");
    assertThatThrownBy(() -> kind.parse(words("master 1 2 3"), OutputLimits.DEFAULT))
        .hasMessage("Invalid client class specified in buffer limit configuration.");
    for (String text : new String[] {"normal x 2 3", "normal 1 2 -3", "normal 1 2 x"}) {
      assertThatThrownBy(() -> kind.parse(words(text), OutputLimits.DEFAULT))
          .hasMessage("Error in hard, soft or soft_seconds setting in buffer limit configuration.");
    }
  }

  @Test
  void aCheckpointIsDueAsSoonAsAnyRuleHolds() throws Exception {
    SaveRules rules = new SaveRulesKind().parse(words("3600 1 60 100"), SaveRules.DEFAULT);
    assertThat(rules.due(0, 4_000_000)).isFalse();
    assertThat(rules.due(1, 3_600_000)).isFalse();
    assertThat(rules.due(1, 3_600_001)).isTrue();
    assertThat(rules.due(99, 60_001)).isFalse();
    assertThat(rules.due(100, 60_001)).isTrue();
    assertThat(SaveRules.NONE.due(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
