package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetaCodecTest {
  private static final Map<String, Bytes> LIBRARIES =
      Map.of("b", Bytes.utf8("two"), "a", Bytes.EMPTY);
  private static final String HEX = "00000001" + "61" + "00000000" + "00000001" + "62" + "00000003";

  @Test
  void librariesAreByteForByteWhatTheyWere() {
    byte[] written = MetaCodec.encodeLibraries(new TreeMap<>(LIBRARIES));
    assertThat(HexFormat.of().formatHex(written)).isEqualTo(HEX + "74776f");
    assertThat(MetaCodec.decodeLibraries(written)).isEqualTo(LIBRARIES);
    assertThat(MetaCodec.decodeLibraries(new byte[0])).isEmpty();
  }

  @Test
  void librariesThatEndTooEarlyAreDamaged() {
    byte[] written = MetaCodec.encodeLibraries(new TreeMap<>(LIBRARIES));
    for (int length : new int[] {1, 5, 6, written.length - 1}) {
      assertThatThrownBy(() -> MetaCodec.decodeLibraries(Arrays.copyOf(written, length)))
          .isInstanceOf(DamagedException.class);
    }
  }
}
