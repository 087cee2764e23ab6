package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import io.karst.history.Effect;
import java.util.HexFormat;
import java.util.List;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

/// Pins docs/formats/raft-entry.md.
class EntryFormatTest {
  private static final String FRAMES =
      """
      01 00 000000000000
      0700000000000000
      1122334400000000
      """;

  private static final String PART =
      """
      01 01 000000000000
      0700000000000000
      1122334400000000
      0600000000000000
      0200000000000000
      """;

  @Test
  void framesLookLikeThis() {
    ByteString body = ByteString.copyFrom(bytes("0a0b0c"));
    ByteString entry = EntryHeader.frames(7, 0x44332211, body);
    assertThat(entry.toByteArray()).isEqualTo(bytes(FRAMES + "0a0b0c"));
    EntryHeader header = EntryHeader.of(entry);
    assertThat(header).isEqualTo(new EntryHeader(false, 7, 0x44332211, 3, 3, 0));
    assertThat(header.endLsn()).isEqualTo(0x44332214);
    assertThat(header.size()).isEqualTo(24);
  }

  @Test
  void aPartLooksLikeThis() {
    ByteString entry = EntryHeader.part(7, 0x44332211, bytes("010203040506"), 2, 5);
    assertThat(entry.toByteArray()).isEqualTo(bytes(PART + "030405"));
    EntryHeader header = EntryHeader.of(entry);
    assertThat(header).isEqualTo(new EntryHeader(true, 7, 0x44332211, 3, 6, 2));
    assertThat(header.last()).isFalse();
    assertThat(header.size()).isEqualTo(40);
  }

  @Test
  void aFrameLooksLikeThis() {
    FrameBuffer buffer = new FrameBuffer();
    Effect.Flush flush = new Effect.Flush(1, 2);
    buffer.fill(List.of(flush));
    int size = buffer.size() - EntryFormat.LENGTH_SIZE;
    assertThat(buffer.bytes()).startsWith(size, 0, 0, 0);
    assertThat(buffer.handsOver()).isFalse();
  }

  @Test
  void aLargeFrameIsHandedOver() {
    FrameBuffer buffer = new FrameBuffer();
    Bytes value = Bytes.of(new byte[EntryFormat.FRAMES_SIZE_MAX]);
    buffer.fill(List.of(new Effect.Set(0, Bytes.utf8("key"), value, 0)));
    assertThat(buffer.handsOver()).isTrue();
    assertThat(buffer.bytes()).hasSize(buffer.size());
  }

  @Test
  void whatIsNotUnderstoodStopsTheMember() {
    refused("");
    refused("02" + FRAMES.substring(2));
    refused("01 02" + FRAMES.substring(5));
    refused(PART);
    refused(PART.replace("0600000000000000", "0400000000000000") + "030405");
    refused(PART.replace("0200000000000000", "ffffffffffffffff") + "030405");
  }

  private static void refused(String hex) {
    assertThatThrownBy(() -> EntryHeader.of(ByteString.copyFrom(bytes(hex))))
        .isInstanceOf(Invariant.Violation.class);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
