package io.karst.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import io.karst.base.Clock;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.engine.Storage;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.rdb.RdbFileReader;
import io.karst.rdb.RdbFileWriter;
import io.karst.rdb.RdbSummary;
import io.karst.value.RdbVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A store of four databases, seen from outside; its clock stands still. In texts every character
/// is one byte.
final class TestStore implements AutoCloseable {
  static final int DATABASES = 4;

  final Engine engine;
  final Tx tx;
  private final StandingClock clock;

  TestStore(long nowMillis) {
    this(nowMillis, Storage.MEMORY);
  }

  TestStore(long nowMillis, Storage storage) {
    clock = new StandingClock(nowMillis);
    engine =
        Engine.open(
            EngineOptions.defaults(1)
                .withDatabases(DATABASES)
                .withClock(clock)
                .withStorage(storage)
                .withMaintenance(false));
    tx = engine.newTx();
  }

  private static final class StandingClock implements Clock {
    private long millis;

    StandingClock(long millis) {
      this.millis = millis;
    }

    @Override
    public long wallMillis() {
      return millis;
    }

    @Override
    public long monotonicNanos() {
      return millis * 1_000_000;
    }
  }

  void advance(long millis) {
    clock.millis += millis;
  }

  void set(int database, String key, String value, long expiryMillis) {
    with(
        database,
        key,
        k -> {
          tx.putString(k, Bytes.of(value.getBytes(ISO_8859_1)), expiryMillis);
          return true;
        });
  }

  long idleMillis(String key) {
    return with(0, key, k -> tx.usage().idleMillis(k));
  }

  int frequency(String key) {
    return with(0, key, k -> tx.usage().frequency(k));
  }

  void frequency(String key, int counter) {
    with(
        0,
        key,
        k -> {
          tx.usage().frequency(k, counter);
          return true;
        });
  }

  /// All keys of a database, with value and expiry.
  Map<String, String> all(int database) {
    Map<String, String> all = new TreeMap<>();
    tx.begin(clock.millis, database);
    tx.all().forEach(-1, (key, type, expiry) -> all.put(text(key), expires(expiry)));
    tx.end();
    all.replaceAll((key, expiry) -> with(database, key, k -> text(tx.string(k)) + expiry));
    return all;
  }

  /// The file [Exporter] makes of it.
  byte[] export() {
    try {
      return export(RdbVersion.WRITTEN);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// As [#export()], of another version.
  byte[] export(int version) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RdbFileWriter file = new RdbFileWriter(out, version);
    tx.begin(clock.millis, 0);
    try {
      new Exporter(tx, file, keys -> {}).run();
    } finally {
      tx.end();
    }
    file.end();
    return out.toByteArray();
  }

  RdbSummary load(byte[] file, Importer importer) {
    try {
      RdbSummary summary = new RdbFileReader().read(new ByteArrayInputStream(file), importer);
      importer.finish();
      return summary;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  <T> T with(int database, String name, Function<Key, T> call) {
    Key[] key = {Key.of(Bytes.of(name.getBytes(ISO_8859_1)))};
    tx.begin(clock.millis, database);
    tx.lock(key, 1);
    try {
      return call.apply(key[0]);
    } finally {
      tx.end();
    }
  }

  private static String expires(long expiryMillis) {
    return expiryMillis == Record.NO_EXPIRY ? "" : ", expires " + expiryMillis;
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), ISO_8859_1);
  }

  @Override
  public void close() {
    tx.close();
    engine.close();
  }
}
