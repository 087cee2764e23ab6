package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.StreamView;
import io.karst.value.StreamGroup;

/// Finds groups, or says that there is none. Without state.
final class Groups {
  private Groups() {}

  /// The group of a stream that may be missing, for the commands on pending entries.
  static StreamGroup ofKey(StreamView stream, Args args, int keyIndex, Bytes name) {
    return ofKey(stream, args, keyIndex, name, "");
  }

  /// As [#ofKey(StreamView, Args, int, Bytes)], with more behind the error.
  static StreamGroup ofKey(StreamView stream, Args args, int keyIndex, Bytes name, String behind) {
    StreamGroup group = stream.group(name);
    if (group == null) {
      throw new CommandException(
          "NOGROUP No such key '"
              + args.bytes(keyIndex).utf8()
              + "' or consumer group '"
              + name.utf8()
              + "'"
              + behind);
    }
    return group;
  }

  /// The group of a stream that is there, for `XGROUP` and `XINFO`.
  static StreamGroup ofStream(StreamView stream, Args args, int keyIndex, Bytes name) {
    StreamGroup group = stream.group(name);
    if (group == null) {
      throw new CommandException(
          "NOGROUP No such consumer group '"
              + name.utf8()
              + "' for key name '"
              + args.bytes(keyIndex).utf8()
              + "'");
    }
    return group;
  }
}
