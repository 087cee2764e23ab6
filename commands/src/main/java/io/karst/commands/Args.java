package io.karst.commands;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.HeapBytes;
import io.karst.keyspace.Key;
import java.util.Arrays;
import java.util.List;

/// The words of one command, its name at index 0.
///
/// Reused from command to command: the words are slices of the connection's input and valid until
/// the command has been answered ([#detach] makes them last). Not thread-safe.
public final class Args {
  private static final int INITIAL = 8;

  private Bytes[] words;
  private HeapBytes[] slices;
  private Key[] keys;

  /// Whether `keys[i]` stands for `words[i]` yet.
  private boolean[] keyed;

  private int count;

  public Args() {
    this(INITIAL);
  }

  private Args(int capacity) {
    words = new Bytes[capacity];
    slices = new HeapBytes[capacity];
    keys = new Key[capacity];
    keyed = new boolean[capacity];
  }

  public static Args of(Bytes... words) {
    Args args = new Args();
    for (Bytes word : words) {
      args.add(word);
    }
    return args;
  }

  public static Args of(String... utf8) {
    Args args = new Args();
    for (String word : utf8) {
      args.add(Bytes.utf8(word));
    }
    return args;
  }

  /// Forgets all words.
  public void clear() {
    Arrays.fill(keyed, 0, count, false);
    count = 0;
  }

  /// Adds a word that is a slice of `array`; allocates nothing once the arrays have grown.
  public void add(byte[] array, int offset, int length) {
    if (count == words.length) {
      grow();
    }
    HeapBytes slice = slices[count];
    if (slice == null) {
      slice = new HeapBytes();
      slices[count] = slice;
    }
    slice.set(array, offset, length);
    words[count++] = slice;
  }

  public void add(Bytes word) {
    if (count == words.length) {
      grow();
    }
    words[count++] = word;
  }

  /// The number of words, the command's name included.
  public int count() {
    return count;
  }

  /// The bytes of all words.
  public long size() {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += words[i].length();
    }
    return size;
  }

  /// Word `index`, 0 to `count() - 1`.
  public Bytes bytes(int index) {
    if (index >= count) {
      throw CommandException.syntax();
    }
    return words[index];
  }

  /// The words from `index` on, at least one; valid as long as these are.
  public List<Bytes> from(int index) {
    return index == count - 1
        ? List.of(words[index])
        : List.of(Arrays.copyOfRange(words, index, count));
  }

  /// Word `index` as a key; the same object each time it is asked for within one command.
  public Key key(int index) {
    Bytes word = bytes(index);
    Key key = place(index);
    if (!keyed[index]) {
      key.set(word);
      keyed[index] = true;
    }
    return key;
  }

  private Key place(int index) {
    Key key = keys[index];
    if (key == null) {
      key = new Key();
      keys[index] = key;
    }
    return key;
  }

  /// Lets word `index` take over what is known of the key `same`, whose bytes are the same.
  public void keyIs(int index, Key same) {
    Bytes word = bytes(index);
    place(index).set(word, same);
    keyed[index] = true;
  }

  /// Word `index` as a signed 64-bit decimal, or the error a client knows for what is none.
  public long int64(int index) {
    return Decimal.parse(bytes(index));
  }

  /// Word `index` as a decimal between `min` and `max`, both included.
  public long int64(int index, long min, long max) {
    long value = int64(index);
    if (value < min || value > max) {
      throw CommandException.notAnInteger();
    }
    return value;
  }

  /// Whether word `index` is `token`, in upper or lower case; `token` is upper-case ASCII.
  public boolean is(int index, String token) {
    return index < count && words[index].equalsIgnoreCase(token);
  }

  /// Copies every word that is a slice of the input, so that they last as long as the result is not
  /// cleared; words that were added whole belong to it already.
  @SuppressWarnings("ReferenceEquality") // Whether it is the slice, not whether it says the same.
  public Args detach() {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += words[i] == slices[i] ? words[i].length() : 0;
    }
    byte[] bytes = new byte[size];
    Args copy = new Args(Math.max(count, 1));
    int at = 0;
    for (int i = 0; i < count; i++) {
      Bytes word = words[i];
      if (word == slices[i]) {
        int length = word.length();
        word.copyTo(0, bytes, at, length);
        copy.add(bytes, at, length);
        at += length;
      } else {
        copy.add(word);
      }
    }
    return copy;
  }

  private void grow() {
    int capacity = count * 2;
    words = Arrays.copyOf(words, capacity);
    slices = Arrays.copyOf(slices, capacity);
    keys = Arrays.copyOf(keys, capacity);
    keyed = Arrays.copyOf(keyed, capacity);
  }
}
