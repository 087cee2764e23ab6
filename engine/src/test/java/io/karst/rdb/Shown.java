package io.karst.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.value.RdbType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// A visitor that writes down what it is shown, a line each: `0 key = value, expires 1000`.
final class Shown implements RdbVisitor {
  final List<String> lines = new ArrayList<>();

  /// What the reader shows of a file of strings.
  static List<String> of(byte[] file) {
    return of(file, new RdbFileReader());
  }

  static List<String> of(byte[] file, RdbFileReader reader) {
    Shown shown = new Shown();
    shown.read(file, reader);
    return shown.lines;
  }

  RdbSummary read(byte[] file, RdbFileReader reader) {
    try {
      return reader.read(new ByteArrayInputStream(file), this);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// A file of the recorded ones.
  static byte[] recorded(String name) {
    try (InputStream in = Shown.class.getResourceAsStream("/rdb/" + name)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void aux(Bytes name, Bytes value) {
    if (!name.equals(Bytes.utf8("ctime")) && !name.equals(Bytes.utf8("used-mem"))) {
      lines.add(text(name) + ": " + text(value));
    }
  }

  @Override
  public void sizes(int database, long keys, long expiring) {
    lines.add(database + " has " + keys + ", " + expiring + " of them expire");
  }

  @Override
  public void entry(RdbEntry entry) {
    String value =
        entry.value().type() == RdbType.STRING
            ? text(entry.value().string(Limits.STRING_SIZE_MAX))
            : entry.value().type() + " of " + entry.value().value().length();
    StringBuilder line = new StringBuilder();
    line.append(entry.database()).append(' ').append(text(entry.key())).append(" = ").append(value);
    if (entry.expiryMillis() != Record.NO_EXPIRY) {
      line.append(", expires ").append(entry.expiryMillis());
    }
    if (entry.access().idleSeconds() != RdbAccess.UNKNOWN) {
      line.append(", idle ").append(entry.access().idleSeconds());
    }
    if (entry.access().frequency() != RdbAccess.UNKNOWN) {
      line.append(", frequency ").append(entry.access().frequency());
    }
    lines.add(line.toString());
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), ISO_8859_1);
  }
}
