package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Where some of a command's keys are: how to find the first word to look at, and how to go on
/// from there. The model, and the numbers in it, are Redis 7's.
///
/// - `flags`: what the command does to the keys; empty means what its own flags imply.
public record KeySpec(Begin begin, Find find, Set<KeyFlag> flags) {

  /// Where the search begins.
  public sealed interface Begin {
    /// At word `index`, the command's name being word 0.
    record Index(int index) implements Begin {}

    /// Behind the first `word` (in any case) from index `from` on; with a negative `from`, behind
    /// the last one at or before that place counted from the end.
    record Keyword(String word, int from) implements Begin {}
  }

  /// Which words are keys, counted from where the search begins.
  public sealed interface Find {
    /// Every `step`th word up to `last`: relative to the first if not negative, else counted from
    /// the command's end (-1 is its last word). A `limit` of 2 or more takes only that fraction
    /// of the words that are left.
    record Range(int last, int step, int limit) implements Find {}

    /// As many as the number at `countAt` says, from `first` on, every `step`th word.
    record Counted(int countAt, int first, int step) implements Find {}

    /// One word, unless it is empty: the keys are elsewhere then. Redis has no such thing and calls
    /// it a range.
    record UnlessEmpty() implements Find {}
  }

  public KeySpec {
    EnumSet<KeyFlag> ordered = EnumSet.noneOf(KeyFlag.class);
    ordered.addAll(flags);
    flags = Collections.unmodifiableSet(ordered);
  }

  /// One key, at word `index`.
  public static KeySpec at(int index) {
    return range(index, 0, 1);
  }

  /// - `last`: see [Find.Range].
  public static KeySpec range(int index, int last, int step) {
    return new KeySpec(new Begin.Index(index), new Find.Range(last, step, 0), Set.of());
  }

  /// One key, at word `index`, unless that is empty.
  public static KeySpec unlessEmpty(int index) {
    return new KeySpec(new Begin.Index(index), new Find.UnlessEmpty(), Set.of());
  }

  /// As many keys as word `index` says, right behind it, `step` words each.
  public static KeySpec counted(int index, int step) {
    return new KeySpec(new Begin.Index(index), new Find.Counted(0, 1, step), Set.of());
  }

  /// - `last`, `limit`: see [Find.Range].
  public static KeySpec keyword(String word, int from, int last, int limit) {
    return new KeySpec(new Begin.Keyword(word, from), new Find.Range(last, 1, limit), Set.of());
  }

  /// The same places with these flags instead.
  public KeySpec flags(KeyFlag... newFlags) {
    return new KeySpec(begin, find, Set.of(newFlags));
  }

  /// Adds where the keys are in `args`, and nothing at all if the words do not fit the
  /// specification (a keyword that is not there, a number of keys that is none or too large): the
  /// command itself answers what is wrong with them. Does not allocate.
  public void positions(Args args, KeyPositions positions) {
    int begins = begin(args);
    if (begins <= 0 || begins >= args.count()) {
      return;
    }
    switch (find) {
      case Find.Range range -> {
        int last = last(range, begins, args.count());
        if (last < args.count()) {
          positions.addRange(begins, last, range.step());
        }
      }
      case Find.UnlessEmpty _ -> {
        if (!args.bytes(begins).isEmpty()) {
          positions.addRange(begins, begins, 1);
        }
      }
      case Find.Counted counted -> {
        int first = begins + counted.first();
        long keys = count(args, begins + counted.countAt());
        if (keys > 0 && keys <= (args.count() - first + counted.step() - 1) / counted.step()) {
          positions.addRange(first, first + ((int) keys - 1) * counted.step(), counted.step());
        }
      }
    }
  }

  private int begin(Args args) {
    return switch (begin) {
      case Begin.Index(int index) -> index;
      case Begin.Keyword(String word, int from) -> behind(args, word, from);
    };
  }

  private static int behind(Args args, String word, int from) {
    int count = args.count();
    if (from >= 0) {
      for (int i = from; i < count - 1; i++) {
        if (args.is(i, word)) {
          return i + 1;
        }
      }
      return 0;
    }
    for (int i = count + from; i > 0; i--) {
      if (args.is(i, word)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int last(Find.Range range, int first, int count) {
    if (range.last() >= 0) {
      return first + range.last();
    }
    return range.limit() > 1
        ? first + (count - first) / range.limit() + range.last()
        : count + range.last();
  }

  private static long count(Args args, int index) {
    if (index >= args.count()) {
      return 0;
    }
    Bytes word = args.bytes(index);
    try {
      return Decimal.parse(word);
    } catch (CommandException notANumber) {
      return 0;
    }
  }
}
