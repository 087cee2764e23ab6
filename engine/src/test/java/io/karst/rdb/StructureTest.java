package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.value.Elements;
import io.karst.value.RdbReader;
import io.karst.value.RdbType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// One value of every type, put together from the description of the format. Those of Redis up to
/// 7.0 a real one loads: see RdbTravelTest.
final class StructureTest {
  private static final Map<RdbType, Consumer<RdbBuilder>> VALUES = values();

  @Test
  void everyTypeIsPassedOverToItsLastByte() {
    EnumSet<RdbType> structured = EnumSet.allOf(RdbType.class);
    structured.removeIf(type -> type.valueType() == null && type != RdbType.MODULE_2);
    assertThat(VALUES.keySet()).isEqualTo(structured);
    VALUES.forEach((type, value) -> {
      RdbBuilder bytes = new RdbBuilder();
      value.accept(bytes);
      RdbReader in = reader(bytes.text("next").cut());
      Structure.skip(in, type);
      assertThat(in.remaining()).as("what is left behind a %s", type).isEqualTo(4);
    });
  }

  /// All but a module's, and all of it: no byte of a value means nothing.
  @Test
  void everyTypeIsReadToItsLastByte() {
    VALUES.forEach((type, value) -> {
      if (type.valueType() == null) {
        return;
      }
      RdbBuilder bytes = new RdbBuilder();
      value.accept(bytes);
      byte[] whole = bytes.cut();
      assertThat(Elements.of(type, Bytes.of(whole))).isNotEmpty();
      for (int length = 0; length < whole.length; length++) {
        Bytes cut = Bytes.of(whole, 0, length);
        assertThatThrownBy(() -> Elements.of(type, cut)).isInstanceOf(CommandException.class);
      }
    });
  }

  @Test
  void aValueThatIsCutShortIsMalformedAtEveryLength() {
    VALUES.forEach((type, value) -> {
      RdbBuilder bytes = new RdbBuilder();
      value.accept(bytes);
      byte[] whole = bytes.cut();
      for (int length = 0; length < whole.length; length++) {
        RdbReader in = new RdbReader(whole, 0, length);
        assertThatThrownBy(() -> Structure.skip(in, type))
            .as("%d bytes of a %s", length, type)
            .isInstanceOf(CommandException.class);
      }
    });
  }

  @Test
  void whatHasNoStructureThatIsKnownIsRefused() {
    for (RdbType type : RdbType.values()) {
      if (type.valueType() == null && type != RdbType.MODULE_2) {
        assertThatThrownBy(() -> Structure.skip(reader(new byte[100]), type))
            .isInstanceOf(CommandException.class);
        assertThatThrownBy(() -> Elements.of(type, Bytes.of(new byte[100])))
            .isInstanceOf(CommandException.class);
      }
    }
  }

  @Test
  void aPieceOfAModuleOfNoKindIsMalformed() {
    byte[] small = new RdbBuilder().length(1).length(6).length(0).length(0).cut();
    byte[] large = new RdbBuilder().length(1).length(0x1_0000_0001L).length(0).length(0).cut();
    for (byte[] value : new byte[][] {small, large}) {
      assertThatThrownBy(() -> Structure.skip(reader(value), RdbType.MODULE_2))
          .isInstanceOf(CommandException.class);
    }
  }

  @Test
  void countsThatLieEndWithTheInput() {
    for (RdbType type : EnumSet.of(RdbType.LIST, RdbType.HASH, RdbType.STREAM_3)) {
      RdbReader in = reader(new RdbBuilder().length(Long.MAX_VALUE).string("a").cut());
      assertThatThrownBy(() -> Structure.skip(in, type)).isInstanceOf(CommandException.class);
    }
  }

  private static RdbReader reader(byte[] bytes) {
    return new RdbReader(bytes, 0, bytes.length);
  }

  static Map<RdbType, Consumer<RdbBuilder>> values() {
    Map<RdbType, Consumer<RdbBuilder>> values = new EnumMap<>(RdbType.class);
    values.put(RdbType.STRING, out -> out.string("value"));
    values.put(RdbType.LIST, out -> out.length(2).string("a").bytes(0xc0, 7));
    values.put(RdbType.SET, out -> out.length(2).string("a").bytes(0xc1, 7, 7));
    values.put(
        RdbType.SORTED_SET,
        out ->
            out.length(4)
                .string("a")
                .bytes(3)
                .text("1.5")
                .string("b")
                .bytes(254)
                .string("c")
                .bytes(255)
                .string("d")
                .bytes(1)
                .text("0"));
    values.put(RdbType.HASH, out -> out.length(1).string("field").bytes(0xc2, 1, 2, 3, 4));
    values.put(
        RdbType.SORTED_SET_2,
        out -> out.length(1).string("a").littleEndian(Double.doubleToLongBits(1.5), 8));
    values.put(
        RdbType.MODULE_2,
        out ->
            out.length(0x1234_5678_9abc_def0L)
                .bytes(1)
                .length(7)
                .bytes(2)
                .length(Long.MIN_VALUE)
                .bytes(3)
                .littleEndian(0, 4)
                .bytes(4)
                .littleEndian(0, 8)
                .bytes(5)
                .string("text")
                .bytes(0));
    putPacked(values);
    return values;
  }

  private static void putPacked(Map<RdbType, Consumer<RdbBuilder>> values) {
    values.put(RdbType.HASH_ZIPMAP, out -> out.string("\1\1f\1\0v\u00ff"));
    values.put(RdbType.LIST_ZIPLIST, StructureTest::ziplist);
    values.put(RdbType.SET_INTSET, out -> out.string("\2\0\0\0\1\0\0\0\7\0"));
    values.put(RdbType.SORTED_SET_ZIPLIST, StructureTest::ziplist);
    values.put(RdbType.HASH_ZIPLIST, StructureTest::ziplist);
    values.put(
        RdbType.LIST_QUICKLIST,
        out -> {
          out.length(2);
          ziplist(out);
          ziplist(out);
        });
    values.put(RdbType.STREAM, out -> stream(out, 1));
    values.put(RdbType.HASH_LISTPACK, StructureTest::listpack);
    values.put(RdbType.SORTED_SET_LISTPACK, StructureTest::listpack);
    values.put(
        RdbType.LIST_QUICKLIST_2,
        out -> {
          out.length(2).length(1).string("plain").length(2);
          listpack(out);
        });
    values.put(RdbType.STREAM_2, out -> stream(out, 2));
    values.put(RdbType.SET_LISTPACK, StructureTest::listpack);
    values.put(RdbType.STREAM_3, out -> stream(out, 3));
    values.put(
        RdbType.STREAM_4,
        out -> {
          stream(out, 4);
          producers(out);
        });
    values.put(
        RdbType.STREAM_5,
        out -> {
          stream(out, 5);
          producers(out);
        });
    values.put(
        RdbType.STREAM_PRODUCED,
        out -> {
          stream(out, 3);
          out.length(1).length(100).length(100).length(1).length(0);
          out.length(1).string("producer").string("token").length(1).length(1);
          out.littleEndian(1_700_000_000_000L, 8);
        });
    values.put(RdbType.HASH_EXPIRING_PREVIEW, StructureTest::expiringFields);
    values.put(RdbType.HASH_LISTPACK_EXPIRING_PREVIEW, StructureTest::expiringListpack);
    values.put(
        RdbType.HASH_EXPIRING,
        out -> expiringFields(out.littleEndian(4_102_444_800_000L, Long.BYTES)));
    values.put(
        RdbType.HASH_LISTPACK_EXPIRING, out -> expiringListpack(out.littleEndian(0, Long.BYTES)));
    values.put(
        RdbType.SET_EXPIRING,
        out -> out.length(2).string("a").littleEndian(-1, 8).string("b").littleEndian(1000, 8));
    values.put(
        RdbType.SORTED_SET_EXPIRING,
        out ->
            out.length(1)
                .string("a")
                .littleEndian(Double.doubleToLongBits(1.5), 8)
                .littleEndian(1000, 8));
  }

  /// The members `a` and `1`, or a field and a value.
  private static void ziplist(RdbBuilder out) {
    out.string("\20\0\0\0\15\0\0\0\2\0\0\1a\3\u00f2\u00ff");
  }

  private static void listpack(RdbBuilder out) {
    out.string("\14\0\0\0\2\0\u0081a\2\1\1\u00ff");
  }

  /// The field `a` with the value `1`, and no expiry.
  private static void expiringListpack(RdbBuilder out) {
    out.string("\16\0\0\0\3\0\u0081a\2\1\1\0\1\u00ff");
  }

  private static void expiringFields(RdbBuilder out) {
    out.length(2).length(0).string("stays").string("1").length(1001).string("goes").string("2");
  }

  /// Entry 1-1 `a 1`, delivered to a consumer of a group, not acknowledged.
  private static void stream(RdbBuilder out, int form) {
    String id = "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1";
    out.length(1).string(id);
    out.string("\34\0\0\0\12\0\1\1\0\1\1\1\u0081a\2\0\1\2\1\0\1\0\1\1\1\4\1\u00ff");
    out.length(1).length(1).length(1);
    if (form >= 2) {
      out.length(1).length(1).length(0).length(0).length(1);
    }
    out.length(1).string("group").length(1).length(1);
    if (form >= 2) {
      out.length(1);
    }
    out.length(1).text(id).littleEndian(1_700_000_000_000L, 8).length(1);
    out.length(1).string("reader").littleEndian(1_700_000_000_000L, 8);
    if (form >= 3) {
      out.littleEndian(1_700_000_000_000L, 8);
    }
    if (form < 5) {
      out.length(1).text(id);
    } else { // Nothing of the consumer's; what is pending was given back.
      out.length(0).length(1).text(id);
    }
  }

  /// One producer with two tokens.
  private static void producers(RdbBuilder out) {
    out.length(100).length(100).length(1).string("producer").length(2);
    out.string("first").length(1).length(1).string("second").length(1).length(2);
    out.length(2).length(0);
  }
}
