package io.karst.server.resp;

import io.karst.commands.Args;
import org.jspecify.annotations.Nullable;

/// Finds requests in the bytes of one connection.
///
/// A request that is there as a whole, the rule, is decoded in one pass into slices of the input
/// and leaves no state. One that is cut is read anew from its first byte when more has come; once
/// [#RESUME_SIZE] bytes of it are there, a [PartialRequest] remembers how far it got, so that no
/// request costs more than one pass over its bytes, and collects arguments above
/// [PartialRequest#LARGE] outside the input.
///
/// Nothing is allocated for what is only announced. The outcome depends on the bytes alone, not
/// on how they are cut. Thread: its connection's.
public final class RequestDecoder {
  /// Returned for a request that is not there as a whole.
  public static final int INCOMPLETE = -1;

  /// How much of a request is read again rather than remembered, in bytes.
  static final int RESUME_SIZE = 1 << 10;

  /// The longest line: a count, a length, or an inline command.
  static final int LINE_MAX = 64 << 10;

  /// What a connection that has not authenticated itself may send.
  private static final int WORDS_MAX_UNAUTHENTICATED = 10;

  private static final int BULK_MAX_UNAUTHENTICATED = 16 << 10;

  /// Numbers of more digits than these are read with care.
  private static final int DIGITS_FAST = 9;

  private int bulkMax;
  private boolean authenticated;
  private @Nullable PartialRequest partial;
  private boolean collected;

  /// Where [#count] and [#bulkLength] stopped reading.
  private int position;

  /// - `bulkMax`: the longest argument, in bytes.
  public RequestDecoder(int bulkMax, boolean authenticated) {
    this.bulkMax = bulkMax;
    this.authenticated = authenticated;
  }

  /// Sets what holds for the requests from the next on.
  public void limits(int newBulkMax, boolean nowAuthenticated) {
    bulkMax = newBulkMax;
    authenticated = nowAuthenticated;
  }

  /// Decodes the request that begins at `array[from]` into `args`: slices of `array`.
  ///
  /// - `to`: the end of the input. While a request is cut, the next call gets the same bytes of it
  ///   ([#kept]), followed by new ones.
  /// - returns: the index just past the request, or [#INCOMPLETE]. No words at all are a request
  ///   to be ignored.
  /// - throws [ProtocolException] if this is no request; the decoder is of no use any more.
  public int decode(byte[] array, int from, int to, Args args) throws ProtocolException {
    if (partial != null) {
      return resume(partial, array, from, to, args);
    }
    args.clear();
    collected = false;
    if (from == to) {
      return INCOMPLETE;
    }
    if (array[from] != '*') {
      return InlineCommand.decode(array, from, to, args);
    }
    int end = decodeWords(array, from, to, args);
    if (end == INCOMPLETE && to - from >= RESUME_SIZE) {
      partial = new PartialRequest();
      return resume(partial, array, from, to, args);
    }
    return end;
  }

  /// Forgets how far it got in a request that is cut: the next call gets all of its bytes. Only
  /// while none of them came with an earlier call.
  public void forget() {
    partial = null;
  }

  /// The argument that is being collected outside the input, if there is one: it has to be filled
  /// before the next call.
  public @Nullable ArgumentBuffer collecting() {
    return partial == null ? null : partial.collecting();
  }

  /// How many bytes of the cut request that began at `from` the next call wants to see again;
  /// what follows them up to `to` is the decoder's already.
  public int kept(int from, int to) {
    return partial == null ? to - from : partial.kept(to - from);
  }

  /// The bytes of the cut request that the decoder holds itself.
  public long held() {
    return partial == null ? 0 : partial.held();
  }

  /// Whether arguments of the request decoded last were collected outside the input, so that it
  /// cannot be decoded again.
  public boolean collected() {
    return collected;
  }

  private int resume(PartialRequest request, byte[] array, int from, int to, Args args)
      throws ProtocolException {
    if (!request.read(this, array, from, to)) {
      return INCOMPLETE;
    }
    partial = null;
    collected = request.held() > 0;
    args.clear();
    return request.words(array, from, args);
  }

  private int decodeWords(byte[] array, int from, int to, Args args) throws ProtocolException {
    int words = count(array, from, to);
    if (words == INCOMPLETE) {
      return INCOMPLETE;
    }
    int at = position;
    for (int i = 0; i < words; i++) {
      int length = bulkLength(array, at, to);
      int start = position;
      if (length == INCOMPLETE || length > to - start - 2) {
        return INCOMPLETE;
      }
      args.add(array, start, length);
      at = start + length + 2;
    }
    return at;
  }

  /// Where the latest [#count] or [#bulkLength] ended: just past its line.
  int position() {
    return position;
  }

  /// Reads the line `*count` at `from`; 0 for a request without words.
  int count(byte[] array, int from, int to) throws ProtocolException {
    int value = number(array, from + 1, to);
    if (value == INCOMPLETE) {
      long count = line(array, from + 1, to, "mbulk count string");
      if (position == INCOMPLETE) {
        return INCOMPLETE;
      }
      if (count > Integer.MAX_VALUE) {
        throw new ProtocolException("invalid multibulk length");
      }
      value = (int) Math.max(count, 0);
    }
    if (value > WORDS_MAX_UNAUTHENTICATED && !authenticated) {
      throw new ProtocolException("unauthenticated multibulk length");
    }
    return value;
  }

  /// Reads the line `$length` at `from`.
  int bulkLength(byte[] array, int from, int to) throws ProtocolException {
    if (from >= to) {
      return INCOMPLETE;
    }
    if (array[from] != '$') {
      throw new ProtocolException("expected '$', got '" + shown(array[from]) + "'");
    }
    int value = number(array, from + 1, to);
    if (value == INCOMPLETE) {
      long length = line(array, from + 1, to, "bulk count string");
      if (position == INCOMPLETE) {
        return INCOMPLETE;
      }
      value = length > bulkMax ? -1 : (int) length;
    }
    if (value < 0 || value > bulkMax) {
      throw new ProtocolException("invalid bulk length");
    }
    if (value > BULK_MAX_UNAUTHENTICATED && !authenticated) {
      throw new ProtocolException("unauthenticated bulk length");
    }
    return value;
  }

  /// The common case: a few digits, then CR and LF. [#INCOMPLETE] for whatever looks otherwise.
  private int number(byte[] array, int from, int to) {
    int value = 0;
    int i = from;
    for (; i < to; i++) {
      int digit = array[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
    }
    boolean plain = i > from && i - from <= DIGITS_FAST && (i == from + 1 || array[from] != '0');
    if (!plain || i + 1 >= to || array[i] != '\r') {
      return INCOMPLETE;
    }
    position = i + 2;
    return value;
  }

  /// Any line with a number; sets [#position] to [#INCOMPLETE] if its end is not there.
  private long line(byte[] array, int from, int to, String what) throws ProtocolException {
    int end = from;
    while (end < to && array[end] != '\r') {
      end++;
    }
    if (end - from > LINE_MAX) {
      throw new ProtocolException("too big " + what);
    }
    if (end + 1 >= to) {
      position = INCOMPLETE;
      return INCOMPLETE;
    }
    position = end + 2;
    return parse(array, from, end, what);
  }

  /// A decimal as Redis takes it: no sign but `-`, no leading zero.
  private static long parse(byte[] array, int from, int end, String what) throws ProtocolException {
    boolean negative = from < end && array[from] == '-';
    int first = negative ? from + 1 : from;
    boolean zero = end - first == 1 && array[first] == '0' && !negative;
    boolean valid = zero || (first < end && end - first <= 18 && array[first] != '0');
    long value = 0;
    for (int i = first; valid && i < end; i++) {
      int digit = array[i] - '0';
      valid = digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    if (!valid) {
      boolean count = what.charAt(0) == 'm';
      throw new ProtocolException(count ? "invalid multibulk length" : "invalid bulk length");
    }
    return negative ? -value : value;
  }

  private static char shown(byte got) {
    return got == '\r' || got == '\n' ? ' ' : (char) (got & 0xff);
  }
}
