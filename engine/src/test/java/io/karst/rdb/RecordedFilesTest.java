package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.karst.value.RdbType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that a redis-server 7.0.15 wrote; how is in `src/test/resources/rdb/record.sh`.
final class RecordedFilesTest {
  private static final List<String> HEAD =
      List.of("redis-ver: 7.0.15", "redis-bits: 64", "aof-base: 0");

  @Test
  void stringsOfEveryEncodingWithTheirExpiries() {
    List<String> lines = Shown.of(Shown.recorded("strings.rdb"));
    assertThat(lines).startsWith(HEAD.toArray(new String[0]));
    assertThat(lines)
        .contains("0 has 13, 2 of them expire", "9 has 1, 1 of them expire")
        .contains(
            "0 empty = ",
            "0 int8 = -128",
            "0 int16 = 32767",
            "0 int32 = -2147483648",
            "0 int64 = 9223372036854775807",
            "0 text = hello",
            "0 binary = \0\u00ff\r\n\u00c3",
            "0 compressed = " + "a".repeat(100),
            "0 12345 = a key that is a number",
            "0 " + "a".repeat(52) + " = a key that is compressed",
            "0 zeros = " + "\0".repeat(20_000) + "end",
            "0 stays-long = value, expires 4102444800123",
            "9 elsewhere = value, expires 4102444800000")
        .anyMatch(line -> line.matches("0 due = value, expires 1[0-9]{12}"))
        .hasSize(HEAD.size() + 2 + 14);
  }

  @Test
  void withoutCompressionAndChecksum() {
    byte[] file = Shown.recorded("plain.rdb");
    assertThat(file).endsWith(new byte[Long.BYTES]);
    assertThat(Shown.of(file))
        .contains("0 int8 = -128", "0 compressible = " + "a".repeat(100))
        .hasSize(HEAD.size() + 1 + 2);
  }

  @Test
  void accesses() {
    assertThat(Shown.of(Shown.recorded("idle.rdb"))).contains("0 key = value, idle 100000");
    assertThat(Shown.of(Shown.recorded("frequency.rdb"))).contains("0 key = value, frequency 200");
  }

  @Test
  void otherTypesArePassedOver() {
    Shown shown = new Shown();
    byte[] file = Shown.recorded("types.rdb");
    RdbSummary summary =
        shown.read(file, new RdbFileReader().takes(RdbType.STRING::equals).skipsOthers(true));
    assertThat(shown.lines)
        .contains("0 first = string", "0 last = string")
        .hasSize(HEAD.size() + 1 + 2);
    assertThat(summary.version()).isEqualTo(10);
    assertThat(summary.entries()).isEqualTo(2);
    assertThat(summary.functions()).isEqualTo(1);
    assertThat(summary.size()).isEqualTo(file.length);
    assertThat(summary.skipped().entrySet())
        .containsExactly(
            entry(RdbType.SET, 1L),
            entry(RdbType.HASH, 1L),
            entry(RdbType.SORTED_SET_2, 1L),
            entry(RdbType.SET_INTSET, 1L),
            entry(RdbType.HASH_LISTPACK, 1L),
            entry(RdbType.SORTED_SET_LISTPACK, 1L),
            entry(RdbType.LIST_QUICKLIST_2, 2L),
            entry(RdbType.STREAM_2, 3L));
  }

  @Test
  void otherTypesCanBeTakenAsTheyAre() {
    Shown shown = new Shown();
    RdbSummary summary =
        shown.read(Shown.recorded("types.rdb"), new RdbFileReader().takes(type -> true));
    assertThat(summary.entries()).isEqualTo(13);
    assertThat(shown.lines)
        .contains(
            "0 set:integers = SET_INTSET of 13",
            "0 stream:plain = STREAM_2 of 65",
            "0 hash:large = HASH of 23, expires 4102444800000");
  }

  @Test
  void aTypeThatIsNotTakenIsAnErrorThatNamesTheKey() {
    byte[] file = Shown.recorded("types.rdb");
    assertThatThrownBy(() -> Shown.of(file, new RdbFileReader().takes(RdbType.STRING::equals)))
        .isInstanceOf(RdbException.class)
        .hasMessage(
            "byte 173: this build does not know the type of"
                + " the sorted set as a listpack at key \"zset:small\" of database 0");
  }
}
