package io.karst.value;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One compression: the input, the output, and the run of literal bytes that is being written.
///
/// How it works: a table remembers, by a hash of three bytes, where those were seen last. At each
/// place the last sight is compared: three equal bytes or more become a copy, otherwise one byte
/// more joins the run of literals. Behind a copy only the last two places are entered into the
/// table. Hash and order are LibLZF's, so that the streams are those Redis makes.
final class LzfCompressor {
  private static final int HASH_BITS = 16;

  /// Bytes LibLZF compares without looking how many are left, the two it does not compare again
  /// included.
  private static final int UNCHECKED = 18;

  private static final int MATCH_KNOWN = 2;

  /// The table of the last compression that ended: 256 KiB that need not be made and cleared anew.
  private static final AtomicReference<@Nullable Table> SPARE = new AtomicReference<>();

  private final byte[] input;
  private final byte[] output;
  private int written = 1; // The place of the head of the first run of literals.
  private int literals;

  private LzfCompressor(byte[] input, byte[] output) {
    this.input = input;
    this.output = output;
  }

  /// See [Lzf#compress].
  static int compress(byte[] input, byte[] output) {
    if (input.length == 0 || output.length == 0) {
      return 0;
    }
    Table table = SPARE.getAndSet(null);
    if (table == null) {
      table = new Table();
    }
    table.begin(input.length);
    int size = new LzfCompressor(input, output).run(table);
    SPARE.set(table);
    return size;
  }

  private int run(Table table) {
    int last = input.length - Lzf.MATCH_MIN; // The last place three bytes begin at.
    int at = 0;
    boolean fits = true;
    while (fits && at <= last) {
      int seen = table.swap(hash(at), at);
      if (seen > 0 && at - seen <= Lzf.OFFSET_MAX && equal(seen, at)) {
        int count = matchLength(seen, at);
        fits = copy(at - seen - 1, count);
        at += count;
        if (fits && at <= last) {
          table.swap(hash(at - 2), at - 2);
          table.swap(hash(at - 1), at - 1);
        }
      } else {
        fits = literal(input[at++]);
      }
    }
    if (!fits || written + 3 > output.length) {
      return 0;
    }
    while (at < input.length) {
      if (!literal(input[at++])) {
        return 0;
      }
    }
    endLiterals();
    return written;
  }

  private int hash(int at) {
    int three = (input[at] & 0xff) << 16 | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff);
    return (three >>> (3 * 8 - HASH_BITS)) - three * 5 & (1 << HASH_BITS) - 1;
  }

  private boolean equal(int a, int b) {
    return input[a] == input[b] && input[a + 1] == input[b + 1] && input[a + 2] == input[b + 2];
  }

  /// The bytes to copy, at least 3. LibLZF leaves the last two bytes of the input to the literals,
  /// unless a match is short or ends within the first 19 bytes, which it compares without looking
  /// how many are left.
  private int matchLength(int seen, int at) {
    int left = input.length - at;
    int compared = Math.min(left, Lzf.MATCH_MAX);
    int mismatch = Arrays.mismatch(input, seen, seen + compared, input, at, at + compared);
    int equal = mismatch < 0 ? compared : mismatch;
    int longest = Math.min(Lzf.MATCH_MAX, left - 2);
    if (longest <= UNCHECKED - MATCH_KNOWN) {
      return Math.max(Lzf.MATCH_MIN, Math.min(equal, longest));
    }
    return equal < UNCHECKED + 1 ? equal : Math.max(UNCHECKED + 1, Math.min(equal, longest));
  }

  private boolean literal(byte b) {
    if (written >= output.length) {
      return false;
    }
    output[written++] = b;
    if (++literals == Lzf.LITERAL_MAX) {
      endLiterals();
      written++;
    }
    return true;
  }

  private boolean copy(int offset, int count) {
    endLiterals();
    if (written + 4 >= output.length) {
      return false;
    }
    if (count <= Lzf.SHORT_MATCH_MAX) {
      output[written++] = (byte) ((count - 2) << 5 | offset >>> 8);
    } else {
      output[written++] = (byte) (0xe0 | offset >>> 8);
      output[written++] = (byte) (count - Lzf.SHORT_MATCH_MAX - 1);
    }
    output[written++] = (byte) offset;
    written++;
    return true;
  }

  /// Writes the head of the run of literals, or takes its place back if there are none.
  private void endLiterals() {
    if (literals == 0) {
      written--;
    } else {
      output[written - literals - 1] = (byte) (literals - 1);
      literals = 0;
    }
  }

  /// Where hashes were seen last. Places are kept above those of all earlier inputs, which need
  /// not be cleared for that.
  private static final class Table {
    private final int[] places = new int[1 << HASH_BITS];
    private int base;
    private int end;

    void begin(int length) {
      if (end > Integer.MAX_VALUE - length - 1) {
        Arrays.fill(places, 0);
        end = 0;
      }
      base = end + 1;
      end = base + length;
    }

    /// The place `hash` was seen at, negative if it was not; `at` from now on.
    int swap(int hash, int at) {
      int before = places[hash] - base;
      places[hash] = base + at;
      return before;
    }
  }
}
