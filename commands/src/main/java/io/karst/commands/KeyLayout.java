package io.karst.commands;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where all keys of a command are: its key specifications, and the range `first`, `last`, `step`
/// that stands for as many of them as such a range can.
///
/// - `first`: 0 if there is no range.
/// - `last`: negative if counted from the command's end.
/// - `movable`: some keys are outside of the range.
record KeyLayout(List<KeySpec> specs, int first, int last, int step, boolean movable) {

  static KeyLayout of(List<KeySpec> specs) {
    if (specs.size() == 1 && range(specs.getFirst()) instanceof Span(int from, int to, int step)) {
      boolean incomplete = specs.getFirst().flags().contains(KeyFlag.INCOMPLETE);
      return new KeyLayout(specs, from, to, step, incomplete);
    }
    Span whole = null;
    boolean movable = false;
    for (KeySpec spec : specs) {
      Span span = isIncomplete(spec) ? null : range(spec);
      Span joined = span == null ? null : joined(whole, span);
      movable |= joined == null;
      whole = joined == null ? whole : joined;
    }
    return whole == null
        ? new KeyLayout(specs, 0, 0, 0, movable)
        : new KeyLayout(specs, whole.first, whole.last, 1, movable);
  }

  /// Adds the positions of all keys in `args`. Does not allocate.
  void positions(Args args, KeyPositions positions) {
    if (movable) {
      for (int i = 0; i < specs.size(); i++) {
        specs.get(i).positions(args, positions);
      }
    } else if (first > 0) {
      positions.addRange(first, last >= 0 ? last : args.count() + last, step);
    }
  }

  /// Gives the specifications that say nothing of what happens to their keys what `commandFlags`
  /// imply: a command that only reads reads them all; one with a key that receives a result
  /// reads the others; any other writing command changes them.
  static List<KeySpec> withImpliedFlags(List<KeySpec> specs, Set<Flag> commandFlags) {
    boolean target = specs.stream().anyMatch(s -> s.flags().contains(KeyFlag.OVERWRITE));
    boolean writes = commandFlags.contains(Flag.WRITE) && !target;
    KeyFlag use = writes ? KeyFlag.READ_WRITE : KeyFlag.READ_ONLY;
    KeyFlag data = writes ? KeyFlag.UPDATE : KeyFlag.ACCESS;
    List<KeySpec> implied = new ArrayList<>();
    for (KeySpec spec : specs) {
      implied.add(spec.flags().isEmpty() ? spec.flags(use, data) : spec);
    }
    return List.copyOf(implied);
  }

  private record Span(int first, int last, int step) {}

  /// `spec` as a range of absolute indices, null if it is none.
  private static @Nullable Span range(KeySpec spec) {
    if (spec.begin() instanceof KeySpec.Begin.Index(int index)
        && spec.find() instanceof KeySpec.Find.UnlessEmpty) {
      return new Span(index, index, 1);
    }
    if (spec.begin() instanceof KeySpec.Begin.Index(int index)
        && spec.find() instanceof KeySpec.Find.Range(int last, int step, int limit)
        && limit == 0) {
      return new Span(index, last >= 0 ? index + last : last, step);
    }
    return null;
  }

  /// The two as one if `next` goes on where `before` ends.
  private static @Nullable Span joined(@Nullable Span before, Span next) {
    if (next.step != 1) {
      return null;
    }
    if (before == null) {
      return next;
    }
    return before.last == next.first - 1 ? new Span(before.first, next.last, 1) : null;
  }

  private static boolean isIncomplete(KeySpec spec) {
    EnumSet<KeyFlag> partial = EnumSet.of(KeyFlag.INCOMPLETE, KeyFlag.NOT_KEY);
    return spec.flags().stream().anyMatch(partial::contains);
  }
}
