package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// The id that a new entry is to get.
///
/// - `id`: null if the server chooses it.
/// - `anySequence`: whether the server chooses the sequence.
record NewId(@Nullable StreamId id, boolean anySequence) {
  static NewId of(Args args, int index) {
    if (args.is(index, "*")) {
      return new NewId(null, true);
    }
    Bytes word = args.bytes(index);
    int length = word.length();
    if (length > 2 && word.at(length - 1) == '*' && word.at(length - 2) == '-') {
      Long millis = Ids.number(word.slice(0, length - 2).utf8());
      if (millis == null) {
        throw Ids.invalid();
      }
      return new NewId(new StreamId(millis, 0), true);
    }
    return new NewId(Ids.id(args, index), false);
  }

  void check() {
    if (!anySequence && StreamId.ZERO.equals(id)) {
      throw CommandException.err("The ID specified in XADD must be greater than 0-0");
    }
  }

  /// The id behind the last one of a stream.
  ///
  /// - throws [CommandException] if there is none.
  StreamId after(StreamId last, long nowMillis) {
    if (last.equals(StreamId.MAX)) {
      throw CommandException.err(
          "The stream has exhausted the last possible ID, unable to add more items");
    }
    StreamId chosen = id;
    if (chosen == null) {
      StreamId next = last.next();
      return next == null || Long.compareUnsigned(nowMillis, last.millis()) > 0
          ? new StreamId(nowMillis, 0)
          : next;
    }
    if (anySequence && chosen.millis() == last.millis() && last.sequence() != -1) {
      return new StreamId(chosen.millis(), last.sequence() + 1);
    }
    if (chosen.compareTo(last) <= 0) {
      throw CommandException.err(
          "The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return chosen;
  }
}
