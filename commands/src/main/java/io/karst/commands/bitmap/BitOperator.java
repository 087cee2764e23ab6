package io.karst.commands.bitmap;

/// What `BITOP` makes of its sources, 64 bits of each at a time.
///
/// Sources come one after another. The operators of more than two values are written with what is
/// known of those seen so far: `any`, the bits at least one of them has, and `more`, the bits
/// more than one has. Which sources count is [#countsFirst].
enum BitOperator {
  AND,
  OR,
  XOR,
  NOT,
  /// In the first source and in none of the others.
  DIFF,
  /// In some of the others and not in the first source.
  DIFF1,
  /// In the first source and in some of the others.
  ANDOR,
  /// In exactly one source.
  ONE;

  /// Whether the first source is set apart from the others.
  boolean setsFirstApart() {
    return this == DIFF || this == DIFF1 || this == ANDOR;
  }

  /// Combines `words` of a further source into what the sources before have come to. With
  /// [#ONE], `more` collects the bits of more than one source.
  void accumulate(long[] result, long[] words, long[] more, int count) {
    switch (this) {
      case AND, NOT -> {
        for (int i = 0; i < count; i++) {
          result[i] &= words[i];
        }
      }
      case XOR -> {
        for (int i = 0; i < count; i++) {
          result[i] ^= words[i];
        }
      }
      case OR, DIFF, DIFF1, ANDOR -> {
        for (int i = 0; i < count; i++) {
          result[i] |= words[i];
        }
      }
      case ONE -> {
        for (int i = 0; i < count; i++) {
          more[i] |= result[i] & words[i];
          result[i] |= words[i];
        }
      }
    }
  }

  /// Makes the result of what [#accumulate] has come to and, where it is set apart, the first
  /// source.
  void finish(long[] result, long[] first, long[] more, int count) {
    for (int i = 0; i < count; i++) {
      result[i] =
          switch (this) {
            case AND, OR, XOR -> result[i];
            case NOT -> ~result[i];
            case DIFF -> first[i] & ~result[i];
            case DIFF1 -> ~first[i] & result[i];
            case ANDOR -> first[i] & result[i];
            case ONE -> result[i] & ~more[i];
          };
    }
  }
}
