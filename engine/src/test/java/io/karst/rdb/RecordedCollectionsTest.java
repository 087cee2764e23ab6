package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.value.Elements;
import io.karst.value.RdbType;
import io.karst.value.RecordedValues;
import io.karst.value.RecordedValues.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The collections in a file that a real server saved are those it had.
final class RecordedCollectionsTest {
  private static final RdbFileReader ALL = new RdbFileReader().takes(type -> true);

  @Test
  void theyAreReadFromTheFileAsTheServerHadThem() throws IOException {
    Map<String, Object> read = new HashMap<>();
    visit(
        Shown.recorded(RecordedValues.FILE),
        entry -> {
          Elements elements = new Elements();
          entry.read(elements);
          read.put(entry.key().utf8(), elements.lines());
        });
    Map<String, Object> expected = new HashMap<>();
    for (Recorded recorded : RecordedValues.all()) {
      expected.put(recorded.key(), recorded.lines());
    }
    assertThat(read).hasSizeGreaterThan(20).isEqualTo(expected);
  }

  @Test
  void aMalformedValueIsToldWithPlaceReasonAndKey() {
    RdbBuilder file = RdbBuilder.version(10).bytes(254, 3);
    int offset = file.position();
    byte[] whole = file.bytes(2).string("basket").length(2).string("a").string("a").end();
    assertThatThrownBy(() -> visit(whole, entry -> entry.read(new Elements())))
        .isInstanceOf(RdbException.class)
        .hasMessage(
            "byte "
                + offset
                + ": a member that is there already,"
                + " in the set at key \"basket\" of database 3");
  }

  @Test
  void everyTypeIsHandedOnToASink() throws IOException {
    for (Recorded recorded : RecordedValues.all()) {
      RdbBuilder file = RdbBuilder.version(10).bytes(recorded.type().code()).string("key");
      for (byte b : recorded.body().toArray()) {
        file.bytes(b);
      }
      byte[] whole = file.entry("last", "value").end();
      visit(
          whole,
          entry -> {
            if (entry.value().type() != RdbType.STRING) {
              assertThat(entry.value().value()).isEqualTo(recorded.body());
              entry.copy().read(new Elements());
            }
          });
    }
  }

  private static void visit(byte[] file, RdbVisitor visitor) throws IOException {
    ALL.read(new ByteArrayInputStream(file), visitor);
  }
}
