package io.karst.rdb;

import io.karst.value.RdbType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/// Reads RDB files from streams, from the first byte to the checksum.
///
/// ```java
/// RdbSummary summary = new RdbFileReader().skipsOthers(true).read(in, visitor);
/// ```
///
/// Memory: a window of the file, which grows to the size of the largest entry, as far as the file
/// really has it. What is passed over takes none. Trusts nothing: whatever the bytes are, they are
/// shown to the visitor or end in an [RdbException].
///
/// Thread: its owner's. Format: docs/formats/rdb.md.
public final class RdbFileReader {
  private Predicate<RdbType> taken = RdbType::isKnown;
  private boolean skipsOthers;
  private LongConsumer progress = bytes -> {};

  /// The types of the values the visitor is shown; at first those this build knows.
  public RdbFileReader takes(Predicate<RdbType> types) {
    taken = types;
    return this;
  }

  /// Whether entries of other types are passed over and counted. If not, which is so at first,
  /// the first one is an error.
  public RdbFileReader skipsOthers(boolean on) {
    skipsOthers = on;
    return this;
  }

  /// Who is told, every hundred kilobytes at the least, how many bytes have been read.
  public RdbFileReader progress(LongConsumer listener) {
    progress = listener;
    return this;
  }

  /// Reads a file.
  ///
  /// - `stream`: read to its end, not closed; needs no buffer.
  /// - throws [RdbException] if the file is damaged, of another version, has an entry of a type
  ///   that is not taken, or something follows its end. The visitor has seen what comes before.
  /// - throws [IOException] if the stream does.
  public RdbSummary read(InputStream stream, RdbVisitor visitor) throws IOException {
    try {
      return new Reading(new RdbStream(stream, progress), visitor, taken, skipsOthers).run();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
