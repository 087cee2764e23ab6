package io.karst.commands.hyperloglog;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.commands.WordBatch;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import org.jspecify.annotations.Nullable;

/// The HyperLogLog at a key: reads it, and changes it with the smallest effect that will do.
final class Counter {
  /// Registers are changed in pairs of bytes.
  private static final int PAIR = 2;

  private final Tx tx;
  private final Key key;
  private final int length;
  private final byte[] header = new byte[Header.SIZE];

  private Counter(Tx tx, Key key, int length) {
    this.tx = tx;
    this.key = key;
    this.length = length;
  }

  /// The one at a key, or null if there is no key.
  ///
  /// - throws [io.karst.base.CommandException] if what is there is none.
  static @Nullable Counter of(Tx tx, Key key) {
    int length = tx.stringLength(key);
    if (length == 0 && tx.type(key) == null) {
      return null;
    }
    Counter counter = new Counter(tx, key, length);
    tx.copyRange(key, 0, counter.header);
    Header.check(counter.header, length);
    return counter;
  }

  boolean isDense() {
    return Header.isDense(header);
  }

  /// All of it, on the heap.
  byte[] value() {
    byte[] value = new byte[length];
    tx.copyRange(key, 0, value);
    return value;
  }

  void mergeInto(Registers target) {
    if (isDense()) {
      Dense.mergeInto(target, value());
    } else {
      new Sparse(value()).mergeInto(target);
    }
  }

  /// The number of different elements it has counted, and notes it for the next time. Where that
  /// cannot be noted, as the disk takes no changes, it is computed again.
  long estimate() {
    if (!Header.isOld(header)) {
      return Header.estimate(header);
    }
    Registers registers = new Registers();
    mergeInto(registers);
    long estimate = registers.estimate();
    try {
      tx.setRange(key, Header.estimateOffset(), Bytes.of(Header.ofEstimate(estimate)));
    } catch (Fault full) {
      return estimate;
    }
    return estimate;
  }

  /// Counts the elements that are words of a command from an index on, all or, with an error, none;
  /// whether any register has changed.
  boolean add(WordBatch words) {
    return isDense() ? addDense(words) : addSparse(tx, key, new Sparse(value()), words);
  }

  private boolean addDense(WordBatch words) {
    int count = words.count();
    tx.values().reserve(count + 1, (count + 1L) * (key.bytes().length() + PAIR));
    byte[] pair = new byte[PAIR];
    boolean changed = false;
    for (int i = 0; i < count; i++) {
      long hash = ElementHash.of(words.element(i));
      int register = ElementHash.register(hash);
      int offset = Dense.offset(register);
      int read = tx.copyRange(key, offset, pair);
      if (Dense.get(pair, 0, register) < ElementHash.value(hash)) {
        Dense.set(pair, 0, register, ElementHash.value(hash));
        tx.setRange(key, offset, Bytes.of(pair.clone(), 0, read));
        changed = true;
      }
    }
    if (changed && !Header.isOld(header)) {
      Header.makeOld(header);
      tx.setRange(key, Header.AGE, Bytes.of(header[Header.AGE]));
    }
    return changed;
  }

  /// Counts in a value that is sparse, and becomes dense when it has to, and makes it that of the
  /// key.
  static boolean addSparse(Tx tx, Key key, Sparse sparse, WordBatch words) {
    int sizeMax = tx.values().encodings().sparseCounterMax();
    boolean changed = false;
    for (int i = 0; i < words.count(); i++) {
      long hash = ElementHash.of(words.element(i));
      try {
        changed |= sparse.raise(ElementHash.register(hash), ElementHash.value(hash), sizeMax);
      } catch (Sparse.TooLarge tooLarge) {
        addDensely(tx, key, sparse, words, i);
        return true;
      }
    }
    if (changed) {
      put(tx, key, sparse.value());
    }
    return changed;
  }

  private static void addDensely(Tx tx, Key key, Sparse sparse, WordBatch words, int from) {
    Registers registers = new Registers();
    sparse.mergeInto(registers);
    for (int i = from; i < words.count(); i++) {
      registers.add(words.element(i));
    }
    byte[] dense = Dense.of(registers, sparse.value());
    Header.makeOld(dense);
    put(tx, key, dense);
  }

  /// Makes the registers dense; false if they are already.
  boolean makeDense() {
    if (isDense()) {
      return false;
    }
    Registers registers = new Registers();
    byte[] value = value();
    new Sparse(value).mergeInto(registers);
    put(tx, key, Dense.of(registers, value));
    return true;
  }

  /// Makes a value that of a key, which keeps its expiry.
  static void put(Tx tx, Key key, byte[] value) {
    tx.putString(key, Bytes.of(value), tx.type(key) == null ? Record.NO_EXPIRY : Tx.KEEP_EXPIRY);
  }
}
