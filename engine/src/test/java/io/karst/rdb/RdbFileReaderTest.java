package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Limits;
import io.karst.value.RdbType;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RdbFileReaderTest {
  @Test
  void everyVersionHasItsSections() {
    for (int version = 6; version <= 14; version++) {
      RdbBuilder file = RdbBuilder.version(version);
      List<String> expected = new ArrayList<>();
      if (version >= 7) {
        file.bytes(250).string("redis-ver").string("3.2.0");
        expected.add("redis-ver: 3.2.0");
      }
      file.bytes(254).length(3);
      if (version >= 7) {
        file.bytes(251).length(2).length(1);
        expected.add("3 has 2, 1 of them expire");
      }
      file.bytes(253).littleEndian(1_000_000, 4).entry("seconds", "a");
      expected.add("3 seconds = a, expires 1000000000");
      file.bytes(252).littleEndian(4_102_444_800_123L, 8);
      if (version >= 9) {
        file.bytes(248).length(70_000);
      }
      file.entry("millis", "b");
      String idle = version >= 9 ? ", idle 70000" : "";
      expected.add("3 millis = b, expires 4102444800123" + idle);
      assertThat(Shown.of(file.end())).isEqualTo(expected);
    }
  }

  @Test
  void otherVersionsAreRefused() {
    for (int version : new int[] {0, 5, 15, 9999}) {
      assertError(RdbBuilder.version(version).end(), 5, "this build reads 6 to 14");
    }
    assertError(new RdbBuilder().text("REDIS00x7").end(), 5, "RDB version \"00x7\"; this build");
    assertError(new RdbBuilder().text("*1\r\n$4\r\nPING\r\n").cut(), 0, "no RDB file");
    assertError(new byte[0], 0, "the file ends too early");
  }

  @Test
  void whatIsSaidOfAnEntryHoldsForThatOneOnly() {
    RdbBuilder file = RdbBuilder.version(10);
    file.bytes(252).littleEndian(5, 8).bytes(249, 7).entry("a", "1").entry("b", "2");
    file.bytes(248, 9).bytes(1).string("list").length(0).entry("c", "3");
    assertThat(Shown.of(file.end(), strings()))
        .containsExactly("0 a = 1, expires 5, frequency 7", "0 b = 2", "0 c = 3");
  }

  @Test
  void expiriesBeyondWhatTheEngineHoldsAreTheNearestItDoes() {
    RdbBuilder file = RdbBuilder.version(10);
    file.bytes(252).littleEndian(Long.MAX_VALUE, 8).entry("late", "1");
    file.bytes(252).littleEndian(-5, 8).entry("early", "1");
    file.bytes(252).littleEndian(-1, 8).entry("none", "1");
    file.bytes(253).littleEndian(-5, 4).entry("early", "2");
    assertThat(Shown.of(file.end()))
        .containsExactly(
            "0 late = 1, expires " + Limits.EXPIRY_MAX,
            "0 early = 1, expires 0",
            "0 none = 1",
            "0 early = 2, expires 0");
  }

  @Test
  void whatIsNoEntryIsPassedOverAndCounted() {
    RdbBuilder file = RdbBuilder.version(12);
    file.bytes(244).length(16_383).length(1).length(0); // A slot.
    file.bytes(245).string("#!lua name=library");
    file.bytes(246).string("name").string("lua").length(1).string("about").string("code");
    file.bytes(246).string("name").string("lua").length(0).string("code");
    file.bytes(247).length(77).bytes(2).length(1).bytes(5).string("data").bytes(0);
    file.bytes(243).length(2); // Beside a key, of two modules.
    file.littleEndian(7, 4).bytes(1).length(9).bytes(0);
    file.littleEndian(8, 4).bytes(5).string("data").bytes(0);
    file.entry("key", "value");
    Shown shown = new Shown();
    RdbSummary summary = shown.read(file.end(), new RdbFileReader());
    assertThat(shown.lines).containsExactly("0 key = value");
    assertThat(summary.functions()).isEqualTo(3);
    assertThat(summary.modules()).isEqualTo(2);
  }

  @Test
  void everyTypeIsHandedOnWholeAndSkippedWhole() {
    StructureTest.values()
        .forEach((type, value) -> {
          RdbBuilder file = RdbBuilder.version(12).bytes(type.code()).string("key");
          int begin = file.position();
          value.accept(file);
          int size = file.position() - begin;
          byte[] whole = file.entry("last", "value").end();
          if (type != RdbType.STRING) {
            assertThat(Shown.of(whole, new RdbFileReader().takes(any -> true)))
                .containsExactly("0 key = " + type + " of " + size, "0 last = value");
            assertThat(Shown.of(whole, new RdbFileReader().skipsOthers(true)))
                .contains("0 last = value");
          }
        });
  }

  @Test
  void aTypeThatIsNotTakenIsAnErrorWithItsPlaceKeyAndName() {
    RdbBuilder file = RdbBuilder.version(11).bytes(254, 5);
    int offset = file.position();
    byte[] whole = file.bytes(21).string("orders").end();
    assertError(
        whole,
        offset,
        "this build does not know the type of the stream, third form"
            + " at key \"orders\" of database 5",
        new RdbFileReader().takes(RdbType.STRING::equals));
  }

  @Test
  void damageIsToldWithItsPlaceAndKey() {
    RdbBuilder file = RdbBuilder.version(10).bytes(4).string("cart").length(2).string("field");
    int offset = file.position();
    byte[] whole = file.bytes(0x82).end();
    assertError(
        whole,
        offset + 1,
        "a length that is none, in the hash at key \"cart\" of database 0",
        new RdbFileReader().skipsOthers(true));
    RdbBuilder unknown = RdbBuilder.version(10);
    assertError(unknown.bytes(34).end(), 9, "neither a type nor a section that is known: 34");
    RdbBuilder compressed = RdbBuilder.version(10);
    assertError(
        compressed.bytes(0).string("key").bytes(0xc3, 2, 5, 0, 'a').end(),
        9,
        "Bad data format, in the string at key \"key\" of database 0");
  }

  @Test
  void theChecksumIsOfAllBefore() {
    byte[] file = RdbBuilder.version(10).entry("key", "value").end();
    byte[] without = file.clone();
    without[12]++;
    assertError(without, file.length - 8, "the checksum is ");
    for (int i = 1; i <= 8; i++) {
      without[file.length - i] = 0;
    }
    assertThat(Shown.of(without)).hasSize(1);
  }

  @Test
  void whatFollowsTheEndIsAnError() {
    RdbBuilder file = RdbBuilder.version(10).entry("key", "value");
    int end = file.end().length;
    assertError(file.text("*1\r\n").cut(), end, "more follows the end of the file");
  }

  @Test
  void aStreamThatComesInPiecesIsReadAllTheSame() throws IOException {
    RdbBuilder file = RdbBuilder.version(10);
    for (int i = 0; i < 3000; i++) {
      file.entry("key:" + i, "v".repeat(i));
    }
    byte[] whole = file.end();
    for (int piece : new int[] {1, 7, 4096}) {
      Shown shown = new Shown();
      long size = new RdbFileReader().read(new Pieces(whole, piece), shown).size();
      assertThat(shown.lines).isEqualTo(Shown.of(whole));
      assertThat(size).isEqualTo(whole.length);
    }
  }

  @Test
  void progressGrowsToTheSizeOfTheFile() throws IOException {
    byte[] file = RdbBuilder.version(10).entry("key", "v".repeat(2_000_000)).end();
    List<Long> told = new ArrayList<>();
    new RdbFileReader().progress(told::add).read(new ByteArrayInputStream(file), new Shown());
    assertThat(told).isSorted().hasSizeGreaterThan(5).endsWith((long) file.length);
  }

  @Test
  void aFailingStreamIsAnIoError() {
    InputStream failing =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public int read(byte[] array, int offset, int length) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> new RdbFileReader().read(failing, new Shown()))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  /// Takes strings and passes over the rest.
  private static RdbFileReader strings() {
    return new RdbFileReader().takes(type -> type == RdbType.STRING).skipsOthers(true);
  }

  /// A list of 40 million elements, 200 MB: far more than the window, none of it kept.
  @Test
  void whatIsPassedOverTakesNoMemory() throws IOException {
    int count = 40_000_000;
    byte[] head = RdbBuilder.version(10).bytes(1).string("list").length(count).cut();
    byte[] tail = new RdbBuilder().entry("key", "value").bytes(255).littleEndian(0, 8).cut();
    InputStream elements = new Repeated(new byte[] {4, 'a', 'b', 'c', 'd'}, count);
    InputStream file =
        new SequenceInputStream(
            new SequenceInputStream(new ByteArrayInputStream(head), elements),
            new ByteArrayInputStream(tail));
    Shown shown = new Shown();
    long before = Allocated.bytes();
    RdbSummary summary = strings().read(file, shown);
    assertThat(Allocated.bytes() - before).isLessThan(4 << 20);
    assertThat(shown.lines).containsExactly("0 key = value");
    assertThat(summary.size()).isEqualTo(head.length + 5L * count + tail.length);
  }

  @Test
  void aValueMayBeMuchLargerThanTheWindowAndGivesItsMemoryBack() {
    RdbBuilder file = RdbBuilder.version(10).entry("large", "x".repeat(30_000_000));
    for (int i = 0; i < 100; i++) {
      file.entry("small:" + i, "y".repeat(100_000));
    }
    List<String> lines = Shown.of(file.end());
    assertThat(lines).hasSize(101).contains("0 small:99 = " + "y".repeat(100_000));
    assertThat(lines.getFirst()).hasSize("0 large = ".length() + 30_000_000);
  }

  @Test
  void lengthsThatLieTakeNoMemory() {
    int[][] values = {
      {0x80, 0x1f, 0xff, 0xff, 0xff},
      {0x81, 0, 0, 0, 1, 0, 0, 0, 0},
      {0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
      {0xc3, 0x80, 0x7f, 0xff, 0xff, 0xff, 0x80, 0x1f, 0xff, 0xff, 0xff},
    };
    for (int[] value : values) {
      byte[] asValue = RdbBuilder.version(10).bytes(0).string("key").bytes(value).text("x").cut();
      byte[] asKey = RdbBuilder.version(10).bytes(0).bytes(value).text("x").cut();
      for (byte[] file : new byte[][] {asValue, asKey}) {
        long before = Allocated.bytes();
        assertThatThrownBy(() -> Shown.of(file)).isInstanceOf(RdbException.class);
        assertThat(Allocated.bytes() - before).isLessThan(4 << 20);
      }
    }
  }

  private static void assertError(byte[] file, long offset, String what) {
    assertError(file, offset, what, new RdbFileReader());
  }

  private static void assertError(byte[] file, long offset, String what, RdbFileReader reader) {
    assertThatThrownBy(() -> Shown.of(file, reader))
        .isInstanceOf(RdbException.class)
        .hasMessageStartingWith("byte " + offset + ": ")
        .hasMessageContaining(what)
        .extracting(thrown -> ((RdbException) thrown).offset())
        .isEqualTo(offset);
  }

  /// Gives at most `size` bytes at a time.
  private static final class Pieces extends FilterInputStream {
    private final int size;

    Pieces(byte[] content, int size) {
      super(new ByteArrayInputStream(content));
      this.size = size;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
      return super.read(array, offset, Math.min(length, size));
    }
  }

  /// The same few bytes, many times over.
  private static final class Repeated extends InputStream {
    private final byte[] unit;
    private final long size;
    private long at;

    Repeated(byte[] unit, int count) {
      this.unit = unit;
      size = (long) unit.length * count;
    }

    @Override
    public int read() {
      return at == size ? -1 : unit[(int) (at++ % unit.length)];
    }

    @Override
    public int read(byte[] array, int offset, int length) {
      int count = (int) Math.min(length, size - at);
      for (int i = 0; i < count; i++) {
        array[offset + i] = unit[(int) (at++ % unit.length)];
      }
      return count == 0 ? -1 : count;
    }
  }
}
