package io.karst.lua;

import io.karst.commands.Args;
import java.util.Arrays;

/// Where the words of the commands lie that a script calls, one command behind the other.
///
/// They last until the [#reset], by whoever runs scripts: effects and keys are views of them. What
/// a script of some hundred short commands needs is used again by the next run. Thread: its
/// owner's.
public final class ScriptWords {
  private static final int CALLS = 256;
  private static final int CAPACITY = 16 << 10;

  /// Longer words have an array of their own.
  private static final int SHORT = CAPACITY / 4;

  /// Calls of more words than these are not used again.
  private static final int WORDS_MAX = 64;

  private static final byte[] NOTHING = new byte[0];

  private Args[] calls = new Args[8];
  private int count;

  /// The latest command.
  private Args current = new Args();

  /// For short words, and how much of it is used.
  private byte[] shared = NOTHING;

  private int used;

  /// Where the next word is put.
  private byte[] target = NOTHING;

  private int at;

  /// Forgets all: nobody looks at them any more.
  public void reset() {
    count = 0;
    used = 0;
  }

  /// Begins a command; returns where its words will be.
  ///
  /// - `words`: how many they will be.
  Args next(int words) {
    current = words > WORDS_MAX ? new Args() : next();
    return current;
  }

  private Args next() {
    if (count == calls.length) {
      if (count == CALLS) {
        return new Args();
      }
      calls = Arrays.copyOf(calls, 2 * count);
    }
    Args present = calls[count];
    if (present == null) {
      present = new Args();
      calls[count] = present;
    }
    count++;
    present.clear();
    return present;
  }

  /// Makes room for the next word, which goes to [#at] of the result.
  byte[] room(int size) {
    if (size > SHORT) {
      target = new byte[size];
      at = 0;
      return target;
    }
    if (shared.length - used < size) {
      shared = new byte[CAPACITY];
      used = 0;
    }
    target = shared;
    at = used;
    return target;
  }

  int at() {
    return at;
  }

  /// Adds the next word, which was put there.
  @SuppressWarnings("ReferenceEquality") // Whether it is that one array.
  void add(int size) {
    current.add(target, at, size);
    if (target == shared) {
      used += size;
    }
  }
}
