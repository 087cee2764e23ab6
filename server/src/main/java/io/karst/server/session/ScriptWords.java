package io.karst.server.session;

import io.karst.base.Bytes;
import io.karst.commands.Args;

/// The words of the commands that a script calls, which last as long as its transaction: effects
/// and keys are views of them.
///
/// They are copied into one array after the other. What a script of some dozens of short commands
/// needs is kept for the next run. Thread: its owner's.
final class ScriptWords {
  private static final int CALLS = 64;
  private static final int CAPACITY = 16 << 10;

  /// Calls of more words than these are not kept.
  private static final int WORDS_MAX = 64;

  private final Args[] calls = new Args[CALLS];
  private final byte[] array = new byte[CAPACITY];
  private int count;
  private int used;

  /// Forgets all: their transaction has ended.
  void reset() {
    count = 0;
    used = 0;
  }

  /// A copy of words that lasts until the [#reset].
  Args keep(Args words) {
    long size = words.size();
    if (count == CALLS || words.count() > WORDS_MAX || size > CAPACITY - used) {
      return words.detach();
    }
    Args copy = next();
    for (int i = 0; i < words.count(); i++) {
      Bytes word = words.bytes(i);
      int length = word.length();
      word.copyTo(0, array, used, length);
      copy.add(array, used, length);
      used += length;
    }
    return copy;
  }

  private Args next() {
    Args present = calls[count];
    if (present == null) {
      present = new Args();
      calls[count] = present;
    }
    count++;
    present.clear();
    return present;
  }
}
