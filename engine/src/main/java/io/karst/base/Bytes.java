package io.karst.base;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A read-only sequence of bytes: a slice of a heap array ([HeapBytes]) or a view of native
/// memory.
///
/// A view is only valid as long as its owner says: a view of a record until the transaction that
/// handed it out ends, an argument until its command has been answered. Whoever keeps one longer
/// takes a [#copy].
///
/// Equality, hash code and order are those of the content; the order is unsigned and
/// lexicographic, as `memcmp`.
public abstract class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = of(new byte[0]);

  /// Wraps the whole array without copying it; the caller no longer changes it.
  public static Bytes of(byte... array) {
    return new HeapBytes(array, 0, array.length);
  }

  /// Wraps `length` bytes of `array` from `offset` without copying them.
  public static Bytes of(byte[] array, int offset, int length) {
    return new HeapBytes(array, offset, length);
  }

  public static Bytes utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The number of bytes, 0 to [Integer#MAX_VALUE].
  public abstract int length();

  /// The byte at `index`, 0 to `length() - 1`.
  public abstract byte at(int index);

  /// The eight bytes from `index` on as a little-endian word; `index` is at most `length() - 8`.
  public abstract long longAt(int index);

  /// The `length` bytes from `from` on, as a view with the life time of this one.
  public abstract Bytes slice(int from, int length);

  /// Copies `length` bytes from index `from` into `target` at `at`.
  public abstract void copyTo(int from, byte[] target, int at, int length);

  public final boolean isEmpty() {
    return length() == 0;
  }

  public final byte[] toArray() {
    byte[] array = new byte[length()];
    copyTo(0, array, 0, array.length);
    return array;
  }

  /// A copy on the heap that lives as long as it is referenced.
  public final Bytes copy() {
    return of(toArray());
  }

  /// The content read as UTF-8; malformed input becomes U+FFFD.
  public final String utf8() {
    return new String(toArray(), StandardCharsets.UTF_8);
  }

  /// Whether this is `token` in upper or lower case; `token` is upper-case ASCII.
  public final boolean equalsIgnoreCase(String token) {
    int length = length();
    if (length != token.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = at(i);
      if (c >= 'a' && c <= 'z') {
        c -= 'a' - 'A';
      }
      if (c != token.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public final boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof Bytes that && length() == that.length() && mismatch(that) < 0;
  }

  @Override
  public final int hashCode() {
    int hash = 1;
    for (int i = 0, length = length(); i < length; i++) {
      hash = 31 * hash + at(i);
    }
    return hash;
  }

  @Override
  public final int compareTo(Bytes that) {
    int index = mismatch(that);
    if (index < 0 || index == Math.min(length(), that.length())) {
      return Integer.compare(length(), that.length());
    }
    return Integer.compare(at(index) & 0xff, that.at(index) & 0xff);
  }

  /// The first index at which the two differ within the shorter one, the shorter length if it is
  /// a proper prefix, -1 if the contents are equal.
  public final int mismatch(Bytes that) {
    int common = Math.min(length(), that.length());
    int i = 0;
    for (; i <= common - Long.BYTES; i += Long.BYTES) {
      long difference = longAt(i) ^ that.longAt(i);
      if (difference != 0) {
        return i + (Long.numberOfTrailingZeros(difference) >>> 3);
      }
    }
    for (; i < common; i++) {
      if (at(i) != that.at(i)) {
        return i;
      }
    }
    return length() == that.length() ? -1 : common;
  }

  /// For people: printable ASCII as it is, everything else as `\xNN`, cut after 64 bytes.
  @Override
  public final String toString() {
    int shown = Math.min(length(), 64);
    StringBuilder text = new StringBuilder(shown + 16).append('"');
    for (int i = 0; i < shown; i++) {
      int c = at(i) & 0xff;
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        text.append((char) c);
      } else {
        text.append(String.format(Locale.ROOT, "\\x%02x", c));
      }
    }
    return text.append(shown < length() ? "\"… (" + length() + " bytes)" : "\"").toString();
  }
}
