package io.karst.server.changes;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.memory.Record;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.List;

/// The words of a command, one after the other, each a copy.
final class Words {
  private final List<Bytes> words = new ArrayList<>();

  private Words() {}

  /// - `name`: perhaps of several words, as `XGROUP CREATE`.
  static Words of(String name, Bytes key) {
    Words command = new Words();
    for (String part : name.split(" ", -1)) {
      command.add(part);
    }
    return command.add(key);
  }

  Words add(Bytes word) {
    words.add(word.copy());
    return this;
  }

  Words add(String word) {
    words.add(Bytes.utf8(word));
    return this;
  }

  Words add(long number) {
    words.add(Decimal.of(number));
    return this;
  }

  Words add(StreamId id) {
    return add(id.toString());
  }

  Words addAll(Iterable<Bytes> all) {
    all.forEach(this::add);
    return this;
  }

  /// `PXAT millis`, if there is an expiry.
  Words pxat(long expiryMillis) {
    return expiryMillis == Record.NO_EXPIRY ? this : add("PXAT").add(expiryMillis);
  }

  List<Bytes> list() {
    return words;
  }
}
