package io.karst.commands.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.commands.TestStore;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BitOperationTest {
  private static final List<BitOperator> OPERATORS = List.of(BitOperator.values());

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void combines() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0b1100));
    store.run(Bytes.utf8("SET"), Bytes.utf8("b"), bytes(0b1010));
    assertThat(store.line("BITOP AND d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1000)));
    assertThat(store.line("BITOP or d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1110)));
    assertThat(store.line("BITOP XOR d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b0110)));
    assertThat(store.line("BITOP DIFF d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b0100)));
    assertThat(store.line("BITOP DIFF1 d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b0010)));
    assertThat(store.line("BITOP ANDOR d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1000)));
    assertThat(store.line("BITOP ONE d a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b0110)));
    assertThat(store.line("BITOP NOT d a")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b11110011)));
  }

  @Test
  void combinesMoreThanTwo() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("x"), bytes(0b11110000));
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0b11001100));
    store.run(Bytes.utf8("SET"), Bytes.utf8("b"), bytes(0b10101010));
    assertThat(store.line("BITOP AND d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b10000000)));
    assertThat(store.line("BITOP OR d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b11111110)));
    assertThat(store.line("BITOP XOR d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b10010110)));
    assertThat(store.line("BITOP DIFF d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b00010000)));
    assertThat(store.line("BITOP DIFF1 d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b00001110)));
    assertThat(store.line("BITOP ANDOR d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b11100000)));
    assertThat(store.line("BITOP ONE d x a b")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b00010110)));
  }

  @Test
  void combinesOneSource() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0b1100));
    assertThat(store.line("BITOP AND d a")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1100)));
    assertThat(store.line("BITOP OR d a")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1100)));
    assertThat(store.line("BITOP XOR d a")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1100)));
    assertThat(store.line("BITOP ONE d a")).isEqualTo("1");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0b1100)));
  }

  @Test
  void countsASourceAsOftenAsItIsNamed() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0b1100));
    store.line("BITOP XOR d a a");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0)));
    store.line("BITOP ONE d a a");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0)));
  }

  @Test
  void padsShorterStringsWithZeros() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0xff, 0xff, 0xff));
    store.run(Bytes.utf8("SET"), Bytes.utf8("b"), bytes(0x0f));
    assertThat(store.line("BITOP AND d a b")).isEqualTo("3");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0x0f, 0, 0)));
    store.line("BITOP OR d b a");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0xff, 0xff, 0xff)));
    store.line("BITOP XOR d a none");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0xff, 0xff, 0xff)));
    store.line("BITOP DIFF d b a");
    assertThat(store.run("GET", "d")).isEqualTo(Reply.bulk(bytes(0, 0, 0)));
  }

  @Test
  void mayStoreIntoASource() {
    store.run(Bytes.utf8("SET"), Bytes.utf8("a"), bytes(0b1100));
    store.run(Bytes.utf8("SET"), Bytes.utf8("b"), bytes(0b1010));
    store.line("BITOP XOR a a b");
    assertThat(store.run("GET", "a")).isEqualTo(Reply.bulk(bytes(0b0110)));
    store.line("BITOP NOT a a");
    assertThat(store.run("GET", "a")).isEqualTo(Reply.bulk(bytes(0b11111001)));
  }

  @Test
  void deletesTheDestinationForAnEmptyResult() {
    store.line("SET d v");
    assertThat(store.line("BITOP AND d none")).isEqualTo("0");
    assertThat(store.line("GET d")).isEqualTo("nil");
    store.line("SET d v");
    store.run("SET", "e", "");
    assertThat(store.line("BITOP NOT d e")).isEqualTo("0");
    assertThat(store.line("GET d")).isEqualTo("nil");
  }

  @Test
  void replacesOtherTypesAndDropsTheExpiry() {
    store.line("SET d v EX 100");
    store.line("SET a v");
    store.line("BITOP OR d a");
    assertThat(store.expiry("d")).isEqualTo(Record.NO_EXPIRY);
    store.plant("list", ValueType.LIST);
    assertThat(store.line("BITOP OR list a")).isEqualTo("1");
    assertThat(store.line("GET list")).isEqualTo("v");
  }

  @Test
  void refusesOtherOperatorsAndNumbersOfSources() {
    assertThat(store.line("BITOP FOO d a")).isEqualTo("!ERR syntax error");
    assertThat(store.line("BITOP NOT d a b"))
        .isEqualTo("!ERR BITOP NOT must be called with a single source key.");
    assertThat(store.line("BITOP DIFF d a"))
        .isEqualTo("!ERR BITOP DIFF must be called with at least two source keys.");
    assertThat(store.line("BITOP diff1 d a"))
        .isEqualTo("!ERR BITOP DIFF1 must be called with at least two source keys.");
    assertThat(store.line("BITOP ANDOR d a"))
        .isEqualTo("!ERR BITOP ANDOR must be called with at least two source keys.");
  }

  @Test
  void refusesAWrongNumberOfWords() {
    assertThat(store.line("BITOP AND d"))
        .isEqualTo("!ERR wrong number of arguments for 'bitop' command");
  }

  @Test
  void refusesSourcesOfAnotherType() {
    store.plant("list", ValueType.LIST);
    store.line("SET d v");
    assertThat(store.line("BITOP AND d list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITOP OR d d list"))
        .isEqualTo("!WRONGTYPE Operation against a key holding the wrong kind of value");
    assertThat(store.line("BITOP FOO d list")).isEqualTo("!ERR syntax error");
    assertThat(store.line("GET d")).isEqualTo("v");
  }

  @Test
  void agreesWithANaiveModel() {
    long seed = Long.getLong("seed", 20_261_122L);
    System.out.println("BitOperationTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      BitOperator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
      int sources = operator == BitOperator.NOT ? 1 : 2 + random.nextInt(4);
      byte[][] strings = new byte[sources][];
      Bytes[] words = new Bytes[3 + sources];
      words[0] = Bytes.utf8("BITOP");
      words[1] = Bytes.utf8(operator.name());
      words[2] = Bytes.utf8("d");
      for (int s = 0; s < sources; s++) {
        strings[s] = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 40)];
        random.nextBytes(strings[s]);
        words[3 + s] = Bytes.utf8("s" + s);
        store.run(Bytes.utf8("SET"), words[3 + s], Bytes.of(strings[s]));
      }
      byte[] expected = combine(operator, strings);
      assertThat(store.run(words)).isEqualTo(Reply.of(expected.length));
      Reply stored = expected.length == 0 ? Reply.NIL : Reply.bulk(Bytes.of(expected));
      assertThat(store.run("GET", "d")).isEqualTo(stored);
    }
  }

  /// The operators said bit by bit.
  private static byte[] combine(BitOperator operator, byte[][] strings) {
    int length = 0;
    for (byte[] string : strings) {
      length = Math.max(length, string.length);
    }
    byte[] result = new byte[length];
    for (int bit = 0; bit < length * 8; bit++) {
      boolean first = isSet(strings[0], bit);
      int others = 0;
      for (int s = 1; s < strings.length; s++) {
        others += isSet(strings[s], bit) ? 1 : 0;
      }
      int all = others + (first ? 1 : 0);
      boolean on =
          switch (operator) {
            case AND -> all == strings.length;
            case OR -> all > 0;
            case XOR -> all % 2 == 1;
            case NOT -> !first;
            case DIFF -> first && others == 0;
            case DIFF1 -> !first && others > 0;
            case ANDOR -> first && others > 0;
            case ONE -> all == 1;
          };
      result[bit >> 3] |= (byte) (on ? 0x80 >> (bit & 7) : 0);
    }
    return result;
  }

  private static boolean isSet(byte[] string, int bit) {
    return bit >> 3 < string.length && (string[bit >> 3] & 0x80 >> (bit & 7)) != 0;
  }

  private static Bytes bytes(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.of(array);
  }
}
