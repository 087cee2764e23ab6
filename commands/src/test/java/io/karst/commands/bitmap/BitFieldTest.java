package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.value.ValueType;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitFieldTest {
  private static final int LIMIT = 4096;

  private final TestStore store = TestStore.withStringLimit(LIMIT);

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void setsAndGets() {
    assertThat(store.line("BITFIELD k SET i8 0 -128 GET u8 0 GET i8 0"))
        .isEqualTo("[0, 128, -128]");
    assertThat(store.line("BITFIELD k SET u4 #3 15 GET u8 8")).isEqualTo("[0, 15]");
    assertThat(store.run("GET", "k")).isEqualTo(Reply.bulk(bytes(0x80, 0x0f)));
  }

  @Test
  void addsAndReturnsTheSum() {
    assertThat(store.line("BITFIELD k INCRBY u8 0 100 INCRBY u8 0 100 INCRBY u8 0 100"))
        .isEqualTo("[100, 200, 44]");
    assertThat(store.line("BITFIELD k incrby i8 8 -1 get u8 8")).isEqualTo("[-1, 255]");
  }

  @Test
  void crossesBytes() {
    assertThat(store.line("BITFIELD k SET u63 3 9223372036854775807")).isEqualTo("[0]");
    assertThat(store.run("GET", "k"))
        .isEqualTo(Reply.bulk(bytes(0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc0)));
    assertThat(store.line("BITFIELD k GET u63 3 GET i64 3 SET i64 7 -2 GET i64 7"))
        .isEqualTo("[9223372036854775807, -2, -32, -2]");
  }

  @Test
  void wraps() {
    store.line("BITFIELD k SET u8 0 255 SET i8 8 127");
    assertThat(store.line("BITFIELD k INCRBY u8 0 1 INCRBY i8 8 1 OVERFLOW WRAP INCRBY u8 0 -1"))
        .isEqualTo("[0, -128, 255]");
    assertThat(store.line("BITFIELD k SET u8 0 -1 SET u8 0 257 GET u8 0"))
        .isEqualTo("[255, 255, 1]");
    assertThat(store.line("BITFIELD w SET i64 0 9223372036854775807 INCRBY i64 0 1"))
        .isEqualTo("[0, -9223372036854775808]");
  }

  @Test
  void saturates() {
    assertThat(
            store.line(
                "BITFIELD k OVERFLOW SAT INCRBY u8 0 300 INCRBY u8 0 -300 INCRBY i8 8 "
                    + "300 INCRBY i8 8 -300"))
        .isEqualTo("[255, 0, 127, -128]");
    assertThat(
            store.line(
                "BITFIELD k OVERFLOW SAT SET u8 0 -1 GET u8 0 SET u8 0 300 GET u8 0 "
                    + "SET i8 0 -300 GET i8 0"))
        .isEqualTo("[0, 255, 255, 255, -1, -128]");
    assertThat(
            store.line(
                "BITFIELD w OVERFLOW SAT INCRBY i64 0 9223372036854775807 INCRBY i64 0 "
                    + "1 INCRBY i64 0 -9223372036854775808 INCRBY i64 0 -9223372036854775808"))
        .isEqualTo("[9223372036854775807, 9223372036854775807, -1, -9223372036854775808]");
  }

  @Test
  void failsWithNil() {
    store.line("BITFIELD k SET u8 0 250");
    assertThat(
            store.line(
                "BITFIELD k OVERFLOW FAIL INCRBY u8 0 10 SET u8 0 256 SET i8 8 128 INCRBY u8 0 5"))
        .isEqualTo("[nil, nil, nil, 255]");
    assertThat(store.line("BITFIELD k GET u8 0")).isEqualTo("[255]");
  }

  @Test
  void appliesOverflowToWhatFollows() {
    assertThat(store.line("BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1"))
        .isEqualTo("[1, 1]");
    assertThat(store.line("BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1"))
        .isEqualTo("[2, 2]");
    store.line("BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1");
    assertThat(
            store.line(
                "BITFIELD k INCRBY u2 100 1 OVERFLOW SAT INCRBY u2 102 1 OVERFLOW FAIL "
                    + "INCRBY u2 102 1"))
        .isEqualTo("[0, 3, nil]");
  }

  @Test
  void extendsTheStringEvenWhenAllFail() {
    assertThat(store.line("BITFIELD k OVERFLOW FAIL SET u2 100 5")).isEqualTo("[nil]");
    assertThat(store.line("STRLEN k")).isEqualTo("13");
  }

  @Test
  void readsZerosBeyondTheString() {
    store.line("SET k a");
    assertThat(store.line("BITFIELD k GET u8 4 GET i64 100")).isEqualTo("[16, 0]");
    assertThat(store.line("BITFIELD none GET u8 0")).isEqualTo("[0]");
    assertThat(store.line("STRLEN k")).isEqualTo("1");
    assertThat(store.line("GET none")).isEqualTo("nil");
  }

  @Test
  void takesNoOperations() {
    assertThat(store.line("BITFIELD k")).isEqualTo("[]");
    assertThat(store.line("BITFIELD k OVERFLOW SAT")).isEqualTo("[]");
    assertThat(store.line("BITFIELD_RO k")).isEqualTo("[]");
  }

  @Test
  void makesOneEffectForEachChange() {
    store.line("BITFIELD k SET u8 16 1");
    assertThat(store.takeEffects()).hasSize(2);
    store.line("BITFIELD k SET u8 16 1 GET u8 0 INCRBY u8 0 1");
    assertThat(store.takeEffects()).hasSize(1);
  }

  @Test
  void keepsTheExpiry() {
    store.line("SET k v EX 100");
    store.line("BITFIELD k SET u8 100 1");
    assertThat(store.expiry("k")).isEqualTo(TestStore.START + 100_000);
  }

  @Test
  void refusesTypesThatAreNone() {
    String error =
        "!ERR Invalid bitfield type. Use something like i16"
            + " u8. Note that u64 is not supported but i64 is.";
    for (String type :
        new String[] {"u64", "i65", "u0", "i0", "i-1", "x8", "8", "i", "u", "", "I8", "u08"}) {
      assertThat(store.show("BITFIELD", "k", "GET", type, "0")).as(type).isEqualTo(error);
    }
  }

  @Test
  void refusesOffsetsOutOfRange() {
    assertThat(store.line("BITFIELD k GET u8 -1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 a"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 #-1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 #a"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 #"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 32768"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 #4096"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 9223372036854775807"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 #9223372036854775807"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 1.5"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k GET u8 32767 GET u8 #4095")).isEqualTo("[0, 0]");
    assertThat(store.line("BITFIELD k SET u8 32761 1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("BITFIELD k SET u8 32760 1")).isEqualTo("[0]");
    assertThat(store.line("STRLEN k")).isEqualTo("4096");
  }

  @Test
  void runsNothingIfAnyOperationIsWrong() {
    assertThat(store.line("BITFIELD k SET u8 0 1 FOO")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITFIELD k SET u8 0 1 GET u8")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITFIELD k SET u8 0 1 SET u8 0")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITFIELD k SET u8 0 1 INCRBY u8 0")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITFIELD k SET u8 0 1 OVERFLOW")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITFIELD k SET u8 0 1 OVERFLOW FOO"))
        .isEqualTo("!ERR Invalid OVERFLOW type specified");
    assertThat(store.line("BITFIELD k SET u8 0 1 SET u8 0 a"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITFIELD k SET u8 0 1 INCRBY u8 0 9223372036854775808"))
        .isEqualTo("!ERR value is not an integer or out of range");
    assertThat(store.line("BITFIELD k SET u8 0 1 GET u8 -1"))
        .isEqualTo("!ERR bit offset is not an integer or out of range");
    assertThat(store.line("GET k")).isEqualTo("nil");
  }

  @Test
  void readOnlyOnlyReads() {
    store.line("SET k a");
    assertThat(store.line("BITFIELD_RO k GET u8 0 OVERFLOW SAT GET i4 #1")).isEqualTo("[97, 1]");
    assertThat(store.line("BITFIELD_RO k GET u8 0 SET u8 0 1"))
        .isEqualTo("!ERR BITFIELD_RO only supports the GET subcommand");
    assertThat(store.line("BITFIELD_RO k INCRBY u8 0 1"))
        .isEqualTo("!ERR BITFIELD_RO only supports the GET subcommand");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("BITFIELD"))
        .isEqualTo("!ERR wrong number of arguments for 'bitfield' command");
  }

  @Test
  void refusesAnotherType() {
    store.plant("list", ValueType.LIST);
    assertThat(store.line("BITFIELD list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITFIELD list GET u8 0"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITFIELD list SET u8 0 1"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITFIELD_RO list GET u8 0"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  @Test
  void agreesWithANaiveModel() {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("BitFieldTest seed " + seed);
    Random random = new Random(seed);
    boolean[] model = new boolean[LIMIT * 8];
    for (int i = 0; i < 20_000; i++) {
      boolean signed = random.nextBoolean();
      int width = 1 + random.nextInt(signed ? 64 : 63);
      int offset = random.nextInt(500);
      long value = random.nextLong() >> random.nextInt(64);
      long before = read(model, offset, width, signed);
      String type = (signed ? "i" : "u") + width;
      assertThat(store.show("BITFIELD", "k", "SET", type, "" + offset, "" + value))
          .isEqualTo("[" + before + "]");
      for (int bit = 0; bit < width; bit++) {
        model[offset + bit] = (value >>> (width - 1 - bit) & 1) != 0;
      }
    }
  }

  private static long read(boolean[] model, int offset, int width, boolean signed) {
    long value = signed && model[offset] ? -1 : 0;
    for (int bit = 0; bit < width; bit++) {
      value = value << 1 | (model[offset + bit] ? 1 : 0);
    }
    return value;
  }

  private static Bytes bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.of(array);
  }
}
