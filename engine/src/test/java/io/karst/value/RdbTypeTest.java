package io.karst.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RdbTypeTest {
  @Test
  void ourOwnTypesAreBeyondThoseOfRedis() {
    assertThat(RdbType.SET_EXPIRING.code()).isEqualTo(240);
    assertThat(RdbType.SORTED_SET_EXPIRING.code()).isEqualTo(241);
    assertThat(RdbType.STREAM_PRODUCED.code()).isEqualTo(242);
    assertThat(Arrays.stream(RdbType.values()).filter(RdbType::isOwn))
        .containsExactly(
            RdbType.SET_EXPIRING, RdbType.SORTED_SET_EXPIRING, RdbType.STREAM_PRODUCED);
  }

  @Test
  void everyTypeThatThisBuildHasBecomesAValue() {
    assertThat(Arrays.stream(RdbType.values()).filter(type -> type.valueType() == null))
        .containsExactly(
            RdbType.MODULE,
            RdbType.MODULE_2,
            RdbType.ARRAY,
            RdbType.HASH_TEMPLATE_LISTPACK,
            RdbType.HASH_TEMPLATE_LISTPACK_BY_NAME,
            RdbType.HASH_TEMPLATE,
            RdbType.HASH_TEMPLATE_BY_NAME,
            RdbType.RATE_LIMIT);
    for (RdbType type : RdbType.values()) {
      ValueType value = type.valueType();
      if (value != null) {
        assertThat(type.name()).startsWith(value.name());
      }
    }
  }

  @Test
  void typesAreFoundByTheirCodes() {
    for (int code = -1; code <= 256; code++) {
      RdbType type = RdbType.of(code);
      assertThat(type == null || type.code() == code).isTrue();
    }
    for (RdbType type : RdbType.values()) {
      assertThat(RdbType.of(type.code())).isEqualTo(type);
    }
  }
}
