package io.karst.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.DoubleText;
import io.karst.commands.BulkList;
import io.karst.commands.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyEncoderTest {
  static Stream<Arguments> goldens() {
    BulkList packed = new BulkList();
    packed.add(Bytes.utf8("a"));
    packed.add(Bytes.EMPTY);
    BulkList mixed = new BulkList();
    mixed.add(-12);
    mixed.addNil();
    Reply one = Reply.ONE;
    return Stream.of(
        golden(Reply.OK, "+OK\r\n", "+OK\r\n"),
        golden(new Reply.Simple("PONG"), "+PONG\r\n", "+PONG\r\n"),
        golden(new Reply.Err("ERR x\r\ny"), "-ERR x  y\r\n", "-ERR x  y\r\n"),
        golden(new Reply.Err("ERR 'ä'"), "-ERR 'ä'\r\n", "-ERR 'ä'\r\n"),
        golden(Reply.ZERO, ":0\r\n", ":0\r\n"),
        golden(new Reply.Int(10), ":10\r\n", ":10\r\n"),
        golden(new Reply.Int(-1), ":-1\r\n", ":-1\r\n"),
        golden(
            new Reply.Int(Long.MIN_VALUE),
            ":-9223372036854775808\r\n",
            ":-9223372036854775808\r\n"),
        golden(Reply.bulk("a\r\nb"), "$4\r\na\r\nb\r\n", "$4\r\na\r\nb\r\n"),
        golden(Reply.bulk(""), "$0\r\n\r\n", "$0\r\n\r\n"),
        golden(Reply.NIL, "$-1\r\n", "_\r\n"),
        golden(Reply.NIL_ARRAY, "*-1\r\n", "_\r\n"),
        golden(new Reply.Real(1.5), "$3\r\n1.5\r\n", ",1.5\r\n"),
        golden(new Reply.Real(Double.POSITIVE_INFINITY), "$3\r\ninf\r\n", ",inf\r\n"),
        golden(new Reply.Real(Double.NEGATIVE_INFINITY), "$4\r\n-inf\r\n", ",-inf\r\n"),
        golden(
            new Reply.RealText(Bytes.utf8("0.10000000000000000555")),
            "$22\r\n0.10000000000000000555\r\n",
            ",0.10000000000000000555\r\n"),
        golden(new Reply.Real(Double.NaN), "$3\r\nnan\r\n", ",nan\r\n"),
        golden(new Reply.Bool(true), ":1\r\n", "#t\r\n"),
        golden(new Reply.Bool(false), ":0\r\n", "#f\r\n"),
        golden(new Reply.BigNumber("-12"), "$3\r\n-12\r\n", "(-12\r\n"),
        golden(new Reply.Verbatim("txt", Bytes.utf8("hi")), "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n"),
        golden(Reply.EMPTY_ARRAY, "*0\r\n", "*0\r\n"),
        golden(
            Reply.array(one, Reply.NIL, Reply.array(one)),
            "*3\r\n:1\r\n$-1\r\n*1\r\n:1\r\n",
            "*3\r\n:1\r\n_\r\n*1\r\n:1\r\n"),
        golden(new Reply.Strings(mixed), "*2\r\n$3\r\n-12\r\n$-1\r\n", "*2\r\n$3\r\n-12\r\n_\r\n"),
        golden(
            new Reply.Strings(packed, Reply.Shape.SET),
            "*2\r\n$1\r\na\r\n$0\r\n\r\n",
            "~2\r\n$1\r\na\r\n$0\r\n\r\n"),
        golden(
            new Reply.Strings(packed, Reply.Shape.MAP),
            "*2\r\n$1\r\na\r\n$0\r\n\r\n",
            "%1\r\n$1\r\na\r\n$0\r\n\r\n"),
        golden(
            new Reply.Strings(packed, Reply.Shape.PAIRS),
            "*2\r\n$1\r\na\r\n$0\r\n\r\n",
            "*1\r\n*2\r\n$1\r\na\r\n$0\r\n\r\n"),
        golden(
            new Reply.Dictionary(List.of(Reply.bulk("k"), one)),
            "*2\r\n$1\r\nk\r\n:1\r\n",
            "%1\r\n$1\r\nk\r\n:1\r\n"),
        golden(new Reply.Collection(List.of(one)), "*1\r\n:1\r\n", "~1\r\n:1\r\n"),
        golden(new Reply.Push(List.of(one)), "*1\r\n:1\r\n", ">1\r\n:1\r\n"),
        golden(
            new Reply.Attributed(List.of(Reply.bulk("k"), one), Reply.NIL),
            "$-1\r\n",
            "|1\r\n$1\r\nk\r\n:1\r\n_\r\n"),
        golden(
            new Reply.Strings(packed),
            "*2\r\n$1\r\na\r\n$0\r\n\r\n",
            "*2\r\n$1\r\na\r\n$0\r\n\r\n"),
        golden(new Reply.None(), "", ""));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyReplyHasItsForm(Reply reply, String resp2, String resp3) {
    assertThat(encoded(reply, 2, 64)).isEqualTo(resp2);
    assertThat(encoded(reply, 3, 64)).isEqualTo(resp3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 27, 28, 29, 63, 64, 65, 1000, 100_000})
  void repliesLargerThanTheBufferComeOutWhole(int length) {
    String text = "0123456789".repeat(length / 10 + 1).substring(0, length);
    BulkList packed = new BulkList();
    packed.add(Bytes.utf8(text));
    String bulk = "$" + length + "\r\n" + text + "\r\n";

    assertThat(encoded(Reply.bulk(text), 2, 64)).isEqualTo(bulk);
    assertThat(encoded(new Reply.Strings(packed), 2, 64)).isEqualTo("*1\r\n" + bulk);
    assertThat(encoded(new Reply.Simple(text), 2, 64)).isEqualTo("+" + text + "\r\n");
    assertThat(encoded(new Reply.Verbatim("txt", Bytes.utf8(text)), 3, 64))
        .isEqualTo("=" + (length + 4) + "\r\ntxt:" + text + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "3, 3",
    "-3.5, -3.5",
    "0.1, 0.1",
    "3.14, 3.14",
    "0.30000000000000004, 0.30000000000000004",
    "1e21, 1e+21",
    "123456789012345680000, 123456789012345680000",
    "1e7, 10000000",
    "1e8, 100000000",
    "1.5e-7, 1.5e-7",
    "0.001, 0.001",
    "0.00001, 0.00001",
    "1e-7, 1e-7",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "4.9e-324, 5e-324"
  })
  void doublesArePrintedAsRedisDoes(double value, String text) {
    assertThat(DoubleText.of(value)).isEqualTo(text);
  }

  private static Arguments golden(Reply reply, String resp2, String resp3) {
    return Arguments.of(reply, resp2, resp3);
  }

  private static String encoded(Reply reply, int protocol, int capacity) {
    KeptReplies kept = new KeptReplies();
    ReplyBuffer buffer = new ReplyBuffer(capacity, kept);
    ReplyEncoder.of(protocol).encode(reply, buffer);
    buffer.drain();
    return kept.text();
  }
}
