package io.karst.bench.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Against messages as protoc's encoder writes them.
class ProtobufTest {
  @Test
  void writesTextAndFlags() {
    byte[] message = new Protobuf().text(1, "k").text(2, "v".repeat(200)).flag(7).bytes();
    assertThat(hex(message)).startsWith("0a016b12c801").endsWith("763801");
  }

  @Test
  void findsNumbers() {
    byte[] message = HexFormat.of().parseHex("0a0508011096012001" + "28ac02");
    assertThat(Protobuf.find(message, 1, 2)).isEqualTo(150);
    assertThat(Protobuf.find(message, 4)).isEqualTo(1);
    assertThat(Protobuf.find(message, 5)).isEqualTo(300);
  }

  @Test
  void whatIsNotThereIsZero() {
    byte[] message = new Protobuf().text(2, "v").bytes();
    assertThat(Protobuf.find(message, 4)).isZero();
    assertThat(Protobuf.find(message, 1, 2)).isZero();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
