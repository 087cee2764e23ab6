package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset DATASET = new Dataset(10_000, 400, 1000);

  @Test
  void keysAreThoseOfRedisBenchmark() {
    byte[] key = new byte[Dataset.KEY_SIZE];
    Dataset.key(1234, key, 0);
    assertThat(text(key, 0, key.length)).isEqualTo("key:000000001234");
  }

  @Test
  void valuesBeginWithTheirKeyAndKeepTheirSize() {
    byte[] value = new byte[1000];
    SplittableRandom random = new SplittableRandom(1);
    int size = DATASET.value(77, random, value, 0);
    String first = text(value, 0, size);
    assertThat(DATASET.value(77, random, value, 0)).isEqualTo(size);
    assertThat(first).startsWith("key:000000000077").isNotEqualTo(text(value, 0, size));
  }

  @Test
  void sizesFillTheirRangeEvenly() {
    var sizes = IntStream.range(0, DATASET.keys()).map(DATASET::valueSize).summaryStatistics();
    assertThat(sizes.getMin()).isEqualTo(400);
    assertThat(sizes.getMax()).isEqualTo(1000);
    assertThat(sizes.getAverage()).isBetween(690.0, 710.0);
  }

  @Test
  void knowsTheRequestsAndTheRepliesToThem() {
    Dataset dataset = new Dataset(10, 20, 20);
    RequestEncoder encoder = new RequestEncoder(dataset);
    byte[] out = new byte[2 * encoder.sizeMax()];
    int get = encoder.get(3, out, 0);
    int set = encoder.set(4, new SplittableRandom(1), out, get);
    assertThat(text(out, 0, get)).isEqualTo("*2\r\n$3\r\nGET\r\n$16\r\nkey:000000000003\r\n");
    assertThat(text(out, get, set - get))
        .matches("\\*3\r\n\\$3\r\nSET\r\n\\$16\r\nkey:0{11}4\r\n\\$20\r\nkey:0{11}4.{4}\r\n");
    assertThat(encoder.replySize(3, false)).isEqualTo("$20\r\n".length() + 20 + 2);
    assertThat(encoder.replyHead(3, true)).asString().isEqualTo("+OK\r\n");
  }

  private static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.US_ASCII);
  }
}
