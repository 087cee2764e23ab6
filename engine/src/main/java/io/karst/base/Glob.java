package io.karst.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A pattern of Redis's language, for keys, channels and names:
///
/// - `*` any bytes, also none; `?` any one byte;
/// - `[abc]`, `[a-z]`, `[^a-z]` one byte in, or not in, a set; a range may be given backwards; a
///   set that is not closed ends with the pattern; an empty one matches nothing, its negation
///   everything;
/// - `\x` the byte `x` itself, also within a set; a `\` at the very end is itself;
/// - everything else itself.
///
/// How it works: the pattern is compiled to one step per byte of text. A `*` is first tried with
/// nothing; on a mismatch the last `*` takes one byte more and matching resumes behind it. Going
/// back to an earlier `*` could gain nothing: whatever is between the two has already been found
/// at its earliest place. So a match costs at most the product of the two lengths, whoever wrote
/// the pattern, and allocates nothing. Immutable.
public final class Glob {
  private static final int ANY = 256;
  private static final int STAR = 257;

  /// Steps from here on are `sets[step - FIRST_SET]`.
  private static final int FIRST_SET = 258;

  private static final int WORDS_OF_SET = 256 / Long.SIZE;

  private final int[] steps;
  private final long[][] sets;
  private final boolean ignoreCase;
  private final Bytes literalPrefix;

  private Glob(Bytes pattern, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    Compiler compiler = new Compiler(pattern, ignoreCase);
    steps = compiler.compile();
    sets = compiler.sets.toArray(long[][]::new);
    literalPrefix = prefix(steps);
  }

  /// `pattern` is read here and not retained.
  public static Glob of(Bytes pattern) {
    return new Glob(pattern, false);
  }

  /// As [#of], with ASCII letters the same in upper and lower case.
  public static Glob ignoringCase(Bytes pattern) {
    return new Glob(pattern, true);
  }

  /// Whether the whole of `text` matches.
  public boolean matches(Bytes text) {
    int length = text.length();
    int step = 0;
    int at = 0;
    int stepBehindStar = -1;
    int atBehindStar = 0;
    while (at < length) {
      if (step < steps.length && steps[step] == STAR) {
        stepBehindStar = ++step;
        atBehindStar = at;
        if (step == steps.length) {
          return true;
        }
      } else if (step < steps.length && takes(steps[step], text.at(at))) {
        step++;
        at++;
      } else if (stepBehindStar >= 0) {
        step = stepBehindStar;
        at = ++atBehindStar;
      } else {
        return false;
      }
    }
    while (step < steps.length && steps[step] == STAR) {
      step++;
    }
    return step == steps.length;
  }

  /// The bytes every match begins with; in lower case if the case is ignored.
  public Bytes literalPrefix() {
    return literalPrefix;
  }

  /// Whether the pattern has no wildcard: it matches [#literalPrefix] and nothing else (but for
  /// its case).
  public boolean isLiteral() {
    return literalPrefix.length() == steps.length;
  }

  /// Whether everything matches.
  public boolean matchesAll() {
    return steps.length == 1 && steps[0] == STAR;
  }

  private boolean takes(int step, byte b) {
    int c = ignoreCase ? lowerCase(b & 0xff) : b & 0xff;
    if (step < ANY) {
      return step == c;
    }
    return step == ANY || (sets[step - FIRST_SET][c >>> 6] & 1L << c) != 0;
  }

  private static int lowerCase(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  private static Bytes prefix(int[] steps) {
    int length = 0;
    while (length < steps.length && steps[length] < ANY) {
      length++;
    }
    byte[] prefix = new byte[length];
    for (int i = 0; i < length; i++) {
      prefix[i] = (byte) steps[i];
    }
    return Bytes.of(prefix);
  }

  /// Reads a pattern once, from its beginning to its end.
  private static final class Compiler {
    private final Bytes pattern;
    private final boolean ignoreCase;
    private final List<long[]> sets = new ArrayList<>();
    private int next;

    Compiler(Bytes pattern, boolean ignoreCase) {
      this.pattern = pattern;
      this.ignoreCase = ignoreCase;
    }

    int[] compile() {
      int[] steps = new int[pattern.length()];
      int count = 0;
      while (next < pattern.length()) {
        int step = step();
        boolean starAgain = step == STAR && count > 0 && steps[count - 1] == STAR;
        if (!starAgain) {
          steps[count++] = step;
        }
      }
      return Arrays.copyOf(steps, count);
    }

    private int step() {
      int c = take();
      return switch (c) {
        case '*' -> STAR;
        case '?' -> ANY;
        case '[' -> set();
        case '\\' -> fold(left() > 0 ? take() : c);
        default -> fold(c);
      };
    }

    private int set() {
      boolean negated = left() > 0 && peek() == '^';
      if (negated) {
        next++;
      }
      long[] set = new long[WORDS_OF_SET];
      while (left() > 0 && peek() != ']') {
        member(set);
      }
      next = Math.min(next + 1, pattern.length());
      for (int i = 0; negated && i < WORDS_OF_SET; i++) {
        set[i] = ~set[i];
      }
      sets.add(set);
      return FIRST_SET + sets.size() - 1;
    }

    private void member(long[] set) {
      int c = take();
      if (c == '\\' && left() > 0) {
        add(set, take());
      } else if (left() >= 2 && peek() == '-') {
        next++;
        range(set, c, take());
      } else {
        add(set, c);
      }
    }

    private void range(long[] set, int one, int other) {
      int a = fold(one);
      int b = fold(other);
      for (int c = Math.min(a, b); c <= Math.max(a, b); c++) {
        add(set, c);
      }
    }

    private void add(long[] set, int c) {
      int folded = fold(c);
      set[folded >>> 6] |= 1L << folded;
    }

    private int fold(int c) {
      return ignoreCase ? lowerCase(c) : c;
    }

    private int left() {
      return pattern.length() - next;
    }

    private int peek() {
      return pattern.at(next) & 0xff;
    }

    private int take() {
      return pattern.at(next++) & 0xff;
    }
  }
}
