package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.value.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command answers: a value that knows no protocol version.
///
/// `Bytes` in a reply may be views of records; they are encoded before the locks of the
/// transaction are released.
public sealed interface Reply {
  Reply OK = new Simple("OK");
  Reply NIL = new Nil();
  Reply NIL_ARRAY = new NilArray();
  Reply ZERO = new Int(0);
  Reply ONE = new Int(1);
  Reply EMPTY_ARRAY = new Array(List.of());

  /// A status line: ASCII without CR and LF.
  record Simple(String text) implements Reply {}

  /// An error line, from its code on, without CR and LF.
  record Err(String line) implements Reply {}

  record Int(long value) implements Reply {}

  record Bulk(Bytes bytes) implements Reply {}

  /// RESP2: the null bulk string.
  record Nil() implements Reply {}

  /// RESP2: the null array; RESP3: null, as [Nil].
  record NilArray() implements Reply {}

  /// RESP3: a double; RESP2: its shortest decimal as a bulk string.
  record Real(double value) implements Reply {}

  /// A number as text, where a double would not have all its digits. RESP3: a double; RESP2: a
  /// bulk string.
  record RealText(Bytes digits) implements Reply {}

  /// RESP3: a boolean; RESP2: 1 or 0.
  record Bool(boolean value) implements Reply {}

  /// RESP3: a big number; RESP2: a bulk string. Decimal digits, perhaps with a sign.
  record BigNumber(String digits) implements Reply {}

  /// RESP3: a verbatim string of a three-letter format (`txt`, `mkd`); RESP2: a bulk string.
  record Verbatim(String format, Bytes bytes) implements Reply {}

  record Array(List<? extends Reply> items) implements Reply {}

  /// Keys and values by turns. RESP3: a map; RESP2: the flat array.
  record Dictionary(List<? extends Reply> keysAndValues) implements Reply {}

  /// RESP3: a set; RESP2: an array.
  record Collection(List<? extends Reply> items) implements Reply {}

  /// RESP3: out-of-band data; RESP2: an array.
  record Push(List<? extends Reply> items) implements Reply {}

  /// A reply with what may be told about it, keys and values by turns. RESP2: the reply alone.
  record Attributed(List<? extends Reply> attributes, Reply reply) implements Reply {}

  /// What a command about subscriptions tells, one thing behind the other: as many as there are,
  /// where other commands have one reply. Told even to a client that wants no replies.
  record Frames(List<Push> frames) implements Reply {}

  /// Bulk strings and nils: what a scan has collected, or what a collection holds, as it lies.
  ///
  /// The second is the collection itself: it is encoded before the next command of the transaction
  /// runs, which may change it.
  record Strings(StringSource items, Shape shape) implements Reply {
    /// As an array.
    public Strings(StringSource items) {
      this(items, Shape.ARRAY);
    }
  }

  /// What strings are to a client. RESP2: an array, whatever it is.
  enum Shape {
    ARRAY,
    SET,
    /// Keys and values by turns.
    MAP,
    /// An array of arrays of two.
    PAIRS
  }

  /// Members of a sorted set with their scores, as [Strings]. RESP2: an array of both by turns;
  /// RESP3: an array of arrays of two or, unless `paired`, as in RESP2; the scores are doubles
  /// there.
  record Scored(ScoreSource items, boolean paired) implements Reply {}

  /// Keys and values by turns. RESP3: a map; RESP2: an array of arrays of two.
  record Entries(List<? extends Reply> keysAndValues) implements Reply {}

  /// No reply at all (`CLIENT REPLY OFF`, and commands that answer through another way).
  record None() implements Reply {}

  /// Nothing yet: the command is run again when one of the keys it waits for has changed. Where
  /// nobody can wait (within `EXEC` or a script) it stands for `onTimeout`. The command has changed
  /// nothing.
  ///
  /// - `deadlineMillis`: since 1970, when `onTimeout` is the reply, or [#FOREVER]; that of the
  ///   first
  ///   run counts.
  /// - `type`: the type of value it waits for; a key of another type does not wake it. Null: any.
  /// - `whenGone`: whether it is run, too, when a key has been deleted.
  /// - `againMillis`: since 1970, when it is run again though nothing has changed, or [#FOREVER];
  ///   that of the latest run counts.
  /// - `keys`: for how many of the command's keys it waits, from the first on; for no more than it
  ///   has.
  /// - `again`: what is run from then on instead of the command's body; null for that. It gets the
  ///   command's words and must not hold on to those it was made with. Where it answers [Blocked],
  ///   the command waits on, in its place; whatever else it answers or throws is the reply.
  record Blocked(
      long deadlineMillis,
      Reply onTimeout,
      @Nullable ValueType type,
      boolean whenGone,
      long againMillis,
      int keys,
      Body.@Nullable OnKeys again)
      implements Reply {
    /// As a deadline: none.
    public static final long FOREVER = 0;

    /// As a number of keys: all.
    public static final int ALL = Integer.MAX_VALUE;

    /// Waits for a value of a type at any of the command's keys.
    public Blocked(long deadlineMillis, Reply onTimeout, @Nullable ValueType type) {
      this(deadlineMillis, onTimeout, type, false, FOREVER, ALL, null);
    }

    /// For the first of the keys only; the others are where the result goes.
    public Blocked forFirst() {
      return new Blocked(deadlineMillis, onTimeout, type, whenGone, againMillis, 1, again);
    }

    /// Also for one of the keys to be deleted.
    public Blocked orGone() {
      return new Blocked(deadlineMillis, onTimeout, type, true, againMillis, keys, again);
    }

    /// Also for a time, since 1970, or [#FOREVER].
    public Blocked orAt(long millis) {
      return new Blocked(deadlineMillis, onTimeout, type, whenGone, millis, keys, again);
    }

    /// With `body` run from then on.
    public Blocked then(Body.OnKeys body) {
      return new Blocked(deadlineMillis, onTimeout, type, whenGone, againMillis, keys, body);
    }
  }

  /// Whether encoding a reply takes too long for an event loop, as far as it can tell at once.
  static boolean isLong(Reply reply) {
    return switch (reply) {
      case Bulk bulk -> bulk.bytes().length() > Limits.LOOP_SIZE_MAX;
      case Strings strings -> strings.items().isLong();
      case Scored scored -> scored.items().isLong();
      case Array array -> isLong(array.items());
      default -> false;
    };
  }

  private static boolean isLong(List<? extends Reply> items) {
    long size = 0;
    for (int i = 0; i < items.size(); i++) {
      size += items.get(i) instanceof Bulk bulk ? bulk.bytes().length() : 0;
    }
    return size > Limits.LOOP_SIZE_MAX;
  }

  static Reply of(long value) {
    return value == 0 ? ZERO : value == 1 ? ONE : new Int(value);
  }

  static Reply of(boolean value) {
    return value ? ONE : ZERO;
  }

  static Reply bulk(String utf8) {
    return new Bulk(Bytes.utf8(utf8));
  }

  static Reply bulk(Bytes bytes) {
    return new Bulk(bytes);
  }

  static Reply array(Reply... items) {
    return new Array(List.of(items));
  }
}
