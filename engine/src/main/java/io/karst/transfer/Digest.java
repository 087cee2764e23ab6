package io.karst.transfer;

import io.karst.engine.Elements;
import io.karst.engine.ListView;
import io.karst.engine.SortedSetView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.HexFormat;
import java.util.Objects;

/// What values come to: stores, or keys, that hold the same have the same digest, however they hold
/// it and in whatever order they got it. For those who compare, not against those who forge.
///
/// 160 bits. What has an order is summed up in it; where there is none the sums of the elements are
/// combined by exclusive or. Expiries belong to it; accesses do not, nor when a consumer was seen.
///
/// Thread: its caller's, not an event loop.
public final class Digest {
  /// The size of a digest, in bytes.
  private static final int SIZE = 20;

  private final Tx tx;
  private final Sum sum = new Sum();
  private final Sum element = new Sum();

  private Digest(Tx tx) {
    this.tx = tx;
  }

  /// That of a value and its expiry, in hexadecimal; all zeros if there is no such key. Under the
  /// lock of its slot. No access.
  public static String ofKey(Tx tx, Key key) {
    tx.touches(false);
    return HexFormat.of().formatHex(new Digest(tx).value(key));
  }

  /// That of all keys of all databases, in hexadecimal. It is of one moment if the transaction
  /// holds all locks; else it holds none.
  public static String ofAll(Tx tx) {
    Digest digest = new Digest(tx);
    byte[] all = new byte[SIZE];
    for (int database = 0; database < tx.databases(); database++) {
      int number = database;
      tx.next(database);
      KeyBatches.forEach(
          tx,
          keys -> {
            tx.touches(false);
            for (Key key : keys) {
              digest.add(number, key, all);
            }
          });
    }
    return HexFormat.of().formatHex(all);
  }

  private void add(int database, Key key, byte[] all) {
    if (tx.type(key) != null) {
      byte[] value = value(key);
      mix(all, sum.put(database).put(key.bytes()).put(value).end());
    }
  }

  private byte[] value(Key key) {
    ValueType type = tx.type(key);
    if (type == null) {
      return new byte[SIZE];
    }
    byte[] content =
        switch (type) {
          case STRING -> sum.put(Objects.requireNonNull(tx.wholeString(key))).end();
          case LIST -> list(key);
          case HASH -> elements(tx.hash(key));
          case SET -> elements(tx.set(key));
          case SORTED_SET -> sortedSet(tx.sortedSet(key));
          case STREAM -> StreamDigest.of(tx.stream(key), sum, element);
        };
    return sum.put(type.code()).put(tx.expiry(key)).put(content).end();
  }

  private byte[] list(Key key) {
    ListView list = tx.list(key);
    list.forEach(0, list.size(), true, sum::put);
    return sum.end();
  }

  private byte[] elements(Elements all) {
    byte[] mixed = new byte[SIZE];
    boolean expire = all.expires();
    all.forEach((name, value) -> {
      long expiry = expire ? all.expiry(name) : Record.NO_EXPIRY;
      mix(mixed, element.put(name).put(value).put(expiry).end());
    });
    return mixed;
  }

  private byte[] sortedSet(SortedSetView all) {
    byte[] mixed = new byte[SIZE];
    boolean expire = all.expires();
    all.forEachScore((member, score) -> {
      long expiry = expire ? all.expiry(member) : Record.NO_EXPIRY;
      mix(mixed, element.put(member).put(Double.doubleToLongBits(score)).put(expiry).end());
    });
    return mixed;
  }

  /// Combines what has no order.
  static void mix(byte[] mixed, byte[] another) {
    for (int i = 0; i < SIZE; i++) {
      mixed[i] ^= another[i];
    }
  }
}
