package io.karst.commands.sortedset;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.engine.ScoreVisitor;
import io.karst.engine.SetView;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The sets that union, intersection and difference are made of: sorted ones, or plain ones, whose
/// members all have the score 1.
final class Operands {
  private final Operand[] operands;

  /// The index behind the keys.
  final int end;

  private Operands(Operand[] operands, int end) {
    this.operands = operands;
    this.end = end;
  }

  /// One of them.
  record Operand(@Nullable SortedSetView sorted, @Nullable SetView plain) {
    int size() {
      return sorted != null ? sorted.size() : plain == null ? 0 : plain.size();
    }

    /// NaN if there is no such member.
    double score(Bytes member) {
      if (sorted != null) {
        return sorted.score(member);
      }
      return plain != null && plain.contains(member) ? 1 : Double.NaN;
    }

    void forEach(ScoreVisitor visitor) {
      if (sorted != null) {
        sorted.forEachScore(visitor);
      } else if (plain != null) {
        plain.forEach((member, value) -> visitor.visit(member, 1));
      }
    }
  }

  /// Reads a number of keys and as many keys.
  ///
  /// - `at`: the index of the number.
  /// - throws [CommandException] if it is none, or a key is of another type.
  static Operands read(Tx tx, Args args, int at, String command) {
    long keys = args.int64(at);
    if (keys < 1) {
      throw CommandException.err("at least 1 input key is needed for '" + command + "' command");
    }
    if (keys > args.count() - at - 1) {
      throw CommandException.syntax();
    }
    Operand[] operands = new Operand[(int) keys];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = operand(tx, args.key(at + 1 + i));
    }
    return new Operands(operands, at + 1 + operands.length);
  }

  private static Operand operand(Tx tx, Key key) {
    return tx.type(key) == ValueType.SET
        ? new Operand(null, tx.set(key))
        : new Operand(tx.sortedSet(key), null);
  }

  int count() {
    return operands.length;
  }

  Operand get(int index) {
    return operands[index];
  }

  /// The indices, of the one with the fewest members first. In that order scores are combined, as
  /// in Redis: sums of doubles depend on it.
  int[] bySize() {
    long[] sized = new long[operands.length];
    for (int i = 0; i < sized.length; i++) {
      sized[i] = (long) operands[i].size() << Integer.SIZE | i;
    }
    Arrays.sort(sized);
    int[] order = new int[sized.length];
    Arrays.setAll(order, i -> (int) sized[i]);
    return order;
  }

  /// Word `index` as a number of at least 1.
  static long positive(Args args, int index, String otherwise) {
    Bytes word = args.bytes(index);
    long value = Decimal.isInt64(word) ? Decimal.parse(word) : 0;
    if (value < 1) {
      throw CommandException.err(otherwise);
    }
    return value;
  }
}
