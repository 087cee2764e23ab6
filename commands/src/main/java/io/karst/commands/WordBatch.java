package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.engine.ElementBatch;

/// Words of a command that name elements of a collection, with or without a value behind each.
///
/// - `from`: the index of the first; `count`: how many elements there are.
/// - `stride`: words an element: 1, or 2 with a value.
public record WordBatch(Args args, int from, int count, int stride) implements ElementBatch {
  /// All words from `from` to the end.
  public static WordBatch rest(Args args, int from, int stride) {
    return new WordBatch(args, from, (args.count() - from) / stride, stride);
  }

  @Override
  public Bytes element(int index) {
    return args.bytes(from + index * stride);
  }

  @Override
  public Bytes value(int index) {
    return stride == 1 ? Bytes.EMPTY : args.bytes(from + index * stride + 1);
  }
}
