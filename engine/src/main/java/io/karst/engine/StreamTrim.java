package io.karst.engine;

import io.karst.value.StreamCursor;
import io.karst.value.StreamEditor;
import io.karst.value.StreamId;
import io.karst.value.StreamLog;
import org.jspecify.annotations.Nullable;

/// Takes entries out of a stream from the first on, whole nodes as far as these go.
///
/// When memory ends in it, what it has taken out is out: [#last] says how far it came. Thread: its
/// transaction's, under the lock of the key.
final class StreamTrim {
  private final StreamEditor editor;
  private final StreamLog entries;
  private final StreamCut cut;
  private final Runnable changed;
  private final long lengthBefore;
  private @Nullable StreamId last;

  /// - `changed`: is told of the first entry that goes, so that the rest does not fail for want of
  ///   memory.
  StreamTrim(StreamEditor editor, StreamLog entries, StreamCut cut, Runnable changed) {
    this.editor = editor;
    this.entries = entries;
    this.cut = cut;
    this.changed = changed;
    lengthBefore = entries.length();
  }

  /// - throws [io.karst.base.Fault.OutOfMemory].
  void run() {
    while (goesAsNode()) {
      StreamId id = entries.lastIdOfFirstNode();
      editor.removeFirstNode(entries);
      gone(id);
    }
    StreamCursor cursor = new StreamCursor(entries);
    while (!cut.nodesOnly() && goes(cursor)) {
      StreamId id = cursor.id();
      editor.remove(entries, cursor);
      gone(id);
    }
  }

  /// The id up to which entries are gone; null if none is.
  @Nullable StreamId last() {
    return last;
  }

  /// How many entries are gone.
  long removed() {
    return lengthBefore - entries.length();
  }

  private void gone(StreamId id) {
    if (last == null) {
      changed.run();
    }
    last = id;
  }

  private boolean goesAsNode() {
    StreamId minId = cut.minId();
    if (entries.nodes() == 0 || (minId == null && entries.length() <= cut.lengthMax())) {
      return false;
    }
    int count = entries.countOfFirstNode();
    long limit = cut.limit(editor.nodeEntriesMax());
    if (limit > 0 && removed() + count > limit) {
      return false;
    }
    return minId == null
        ? entries.length() - count >= cut.lengthMax()
        : entries.lastIdOfFirstNode().isBefore(minId);
  }

  private boolean goes(StreamCursor cursor) {
    StreamId minId = cut.minId();
    if (minId == null) {
      return entries.length() > cut.lengthMax() && cursor.seek(StreamId.ZERO);
    }
    return cursor.seek(StreamId.ZERO) && cursor.id().isBefore(minId);
  }
}
