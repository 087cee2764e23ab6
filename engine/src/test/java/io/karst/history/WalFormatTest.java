package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.DiskFile;
import io.karst.base.FaultyDisk;
import io.karst.engine.ManualClock;
import io.karst.memory.Record;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// The bytes, as docs/formats/wal.md says them.
class WalFormatTest {
  private static final long LOG_ID = 0x0102030405060708L;
  private static final long ORIGIN = 4096 + 64;
  private static final String FILE = "0000000000001000.wal";

  private final FaultyDisk disk = new FaultyDisk(1);
  private final WalOptions options =
      WalOptions.defaults(disk, LOG_ID)
          .withSegmentSize(4096)
          .withClock(new ManualClock())
          .withPolicy(SyncPolicy.NO)
          .withThread(false);

  private static final Bytes KEY = Bytes.utf8("key");

  /// Every verb, every form of a number.
  private static final List<List<Effect>> FRAMES =
      List.of(
          List.of(new Effect.Set(0, KEY, Bytes.utf8("value"), Record.NO_EXPIRY)),
          List.of(new Effect.Set(300, KEY, Bytes.EMPTY, 1_700_000_000_000L)),
          List.of(new Effect.SetRange(1, KEY, 128, Bytes.utf8("part"))),
          List.of(new Effect.Expire(-1, KEY, 0)),
          List.of(new Effect.Expire(2, KEY, Record.NO_EXPIRY)),
          List.of(
              new Effect.Delete(3, KEY),
              new Effect.Flush(4, Integer.MAX_VALUE),
              new Effect.Swap(5, 6)));

  /// Words of eight bytes.
  private static final String HEADER =
      """
      4b4152535457414c 0100000000100000 0807060504030201 0010000000000000
      4010000000000000 0000000000000000 0000000000000000 00000000385a24f2
      """;

  private static final String STREAM =
      """
      ebb89a750c000000 4010000000000000 0100036b65790576 616c756500000000
      eb565c100e000000 6010000000000000 02ac02036b657900 80d095ffbc310000
      11e3aeb20d000000 8010000000000000 0301036b65798001 0470617274000000
      ee96d44e0b000000 a010000000000000 04ffffffff0f036b 6579000000000000
      66b0955506000000 c010000000000000 0502036b65790000 0d413bfb10000000
      d810000000000000 0603036b65790704 ffffffff07080506 7b9a2abd03000000
      f810000000000000 7ff8210000000000
      """;

  @Test
  void everyByteIsWhereItWas() throws IOException {
    try (Wal wal = Wal.create(options, ORIGIN);
        Appender appender = wal.newAppender()) {
      for (List<Effect> effects : FRAMES) {
        appender.reserve(effects.stream().mapToLong(History::reservation).sum());
        appender.append(effects);
      }
    }
    byte[] header = bytes(HEADER);
    byte[] stream = bytes(STREAM);
    byte[] expected = new byte[WalFormat.STREAM_OFFSET + 4096];
    System.arraycopy(header, 0, expected, 0, header.length);
    System.arraycopy(stream, 0, expected, WalFormat.STREAM_OFFSET + 64, stream.length);
    assertThat(disk.content(FILE)).isEqualTo(expected);
  }

  @Test
  void librariesAreWrittenAsTheyWere() {
    assertThat(hex(new Effect.PutLibrary(Bytes.utf8("lib"), Bytes.utf8("code"))))
        .isEqualTo("18 00 03 6c6962 04 636f6465".replace(" ", ""));
    assertThat(hex(new Effect.RemoveLibrary(Bytes.utf8("lib"))))
        .isEqualTo("19 00 03 6c6962".replace(" ", ""));
  }

  @Test
  void whatWasWrittenOnceIsRead() throws IOException {
    write(bytes(HEADER), bytes(STREAM));
    try (WalReader reader = WalReader.open(options, ORIGIN)) {
      assertThat(History.read(reader)).extracting(History.Frame::effects).isEqualTo(FRAMES);
      assertThat(reader.durable()).isEqualTo(ORIGIN + 184);
      assertThat(reader.end().lsn()).isEqualTo(ORIGIN + 208);
      assertThat(reader.end().damaged()).isFalse();
    }
  }

  @Test
  void refusesALaterVersion() throws IOException {
    byte[] header = bytes(HEADER);
    header[WalFormat.HEADER_VERSION]++;
    CRC32C crc = new CRC32C();
    crc.update(header, 0, WalFormat.HEADER_CRC);
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(WalFormat.HEADER_CRC, (int) crc.getValue());
    write(header, bytes(STREAM));
    assertThatThrownBy(() -> WalReader.open(options, ORIGIN))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining(FILE + " has version 2 of the format; this build reads version 1");
  }

  @Test
  void refusesAVerbThatItDoesNotKnow() throws IOException {
    byte[] stream = bytes(STREAM);
    stream[WalFormat.FRAME_PAYLOAD] = 0x70;
    CRC32C crc = new CRC32C();
    crc.update(stream, WalFormat.FRAME_LENGTH, 12 + 12);
    ByteBuffer.wrap(stream)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(WalFormat.FRAME_CRC, (int) crc.getValue() ^ WalFormat.salt(LOG_ID));
    write(bytes(HEADER), stream);
    try (WalReader reader = WalReader.open(options, ORIGIN)) {
      assertThat(reader.next()).isTrue();
      assertThatThrownBy(reader::effects)
          .isInstanceOf(DamagedLogException.class)
          .hasMessageContaining(FILE + " at offset 4160: there is no verb 112");
    }
  }

  private static String hex(Effect effect) {
    StringBuilder text = new StringBuilder();
    EffectCodec.write(
        effect,
        new EffectOutput() {
          @Override
          public void putByte(int value) {
            text.append(String.format("%02x", value));
          }

          @Override
          public void putNumber(long value) {
            putByte((int) value);
          }

          @Override
          public void putBytes(Bytes bytes) {
            putNumber(bytes.length());
            text.append(HexFormat.of().formatHex(bytes.toArray()));
          }
        });
    return text.toString();
  }

  private void write(byte[] header, byte[] stream) throws IOException {
    try (DiskFile file = disk.create(FILE)) {
      file.write(0, ByteBuffer.wrap(header));
      file.write(WalFormat.STREAM_OFFSET + 4095L, ByteBuffer.allocate(1));
      file.write(WalFormat.STREAM_OFFSET + 64L, ByteBuffer.wrap(stream));
    }
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
