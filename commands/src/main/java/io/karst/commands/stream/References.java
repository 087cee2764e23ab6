package io.karst.commands.stream;

import io.karst.commands.Args;
import io.karst.engine.StreamView;
import io.karst.memory.Record;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import org.jspecify.annotations.Nullable;

/// What becomes of an entry's references, those that are pending in groups, when it is deleted.
enum References {
  /// They stay.
  KEEP,
  /// They go with the entry.
  DELETE,
  /// An entry that any group has not yet got, or has pending, is not deleted.
  ACKNOWLEDGED;

  /// What the word at an index names, or null.
  static @Nullable References find(Args args, int index) {
    if (args.is(index, "KEEPREF")) {
      return KEEP;
    }
    if (args.is(index, "DELREF")) {
      return DELETE;
    }
    return args.is(index, "ACKED") ? ACKNOWLEDGED : null;
  }

  /// Deletes an entry that is there, if this allows it; whether it did.
  boolean remove(StreamView stream, StreamId id) {
    switch (this) {
      case KEEP -> {}
      case DELETE -> drop(stream, id);
      case ACKNOWLEDGED -> {
        if (referenced(stream, id)) {
          return false;
        }
      }
    }
    stream.remove(id);
    return true;
  }

  /// Lets no group have an entry pending any more.
  static void drop(StreamView stream, StreamId id) {
    for (StreamGroup group : stream.groups()) {
      stream.acknowledge(group, id);
    }
  }

  /// Whether any group has not yet got an entry, or has it pending.
  static boolean referenced(StreamView stream, StreamId id) {
    for (StreamGroup group : stream.groups()) {
      if (group.lastDelivered().isBefore(id) || group.find(id) != Record.NONE) {
        return true;
      }
    }
    return false;
  }
}
