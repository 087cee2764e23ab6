package io.karst.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import io.karst.memory.Record;
import io.karst.value.DumpPayload;
import io.karst.value.RdbType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RdbFileWriterTest {
  private static final long SEED = Long.getLong("seed", 20_261_122);

  private record Entry(int database, Bytes key, long expiryMillis, RdbAccess access, Bytes value) {}

  /// The bytes are what redis-server 7.0 loads: the golden ones of the format.
  @Test
  void theBytesOfASmallFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RdbFileWriter file = new RdbFileWriter(out, 10);
    file.aux("redis-bits", "64");
    file.database(2, 3, 1);
    file.string(Bytes.utf8("key"), Record.NO_EXPIRY, RdbAccess.NONE, Bytes.utf8("value"));
    file.string(Bytes.utf8("7"), 4_102_444_800_123L, new RdbAccess(100, -1), Bytes.utf8("-300"));
    DumpPayload set = new DumpPayload(RdbType.SET, Bytes.of((byte) 1, (byte) 1, (byte) 'a'));
    file.value(Bytes.utf8("set"), Record.NO_EXPIRY, new RdbAccess(-1, 255), set);
    long size = file.end();
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo(
            "524544495330303130" // REDIS0010
                + "fa0a72656469732d62697473c040"
                + "fe02fb0301"
                + "00036b65790576616c7565"
                + "fc7bd8c32cbb030000f8406400c007c1d4fe"
                + "f9ff0203736574010161"
                + "ff"
                + "bdccd9e508847afc");
    assertThat(size).isEqualTo(out.size());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<Entry> written = entries(random, 3000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RdbFileWriter file = new RdbFileWriter(out, 10);
    int database = -1;
    for (Entry entry : written) {
      if (entry.database != database) {
        database = entry.database;
        file.database(database, 0, 0);
      }
      file.string(entry.key, entry.expiryMillis, entry.access, entry.value);
    }
    assertThat(file.end()).isEqualTo(out.size());
    List<Entry> read = new ArrayList<>();
    new RdbFileReader()
        .read(
            new ByteArrayInputStream(out.toByteArray()),
            entry ->
                read.add(
                    new Entry(
                        entry.database(),
                        entry.key(),
                        entry.expiryMillis(),
                        entry.access(),
                        entry.value().string(Limits.STRING_SIZE_MAX).copy())));
    assertThat(read).isEqualTo(written);
  }

  /// Copied entry by entry, without a look at the values, a file is the same byte by byte.
  @Test
  void aFileOfAllTypesIsCopiedAsItIs() throws IOException {
    byte[] file = Shown.recorded("types.rdb");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RdbFileWriter copy = new RdbFileWriter(out, 10);
    new RdbFileReader().takes(type -> true).read(new ByteArrayInputStream(file), new Copying(copy));
    copy.end();
    // A library of functions is no entry.
    assertThat(out.size()).isEqualTo(file.length - 75);
    List<String> lines = Shown.of(out.toByteArray(), new RdbFileReader().takes(type -> true));
    assertThat(lines).endsWith("0 zset:large = SORTED_SET_2 of 41").hasSize(13 + 4);
  }

  private record Copying(RdbFileWriter copy) implements RdbVisitor {
    @Override
    public void aux(Bytes name, Bytes value) {
      attempt(() -> copy.aux(name.utf8(), value.utf8()));
    }

    @Override
    public void sizes(int database, long keys, long expiring) {
      attempt(() -> copy.database(database, keys, expiring));
    }

    @Override
    public void entry(RdbEntry entry) {
      attempt(() -> copy.value(entry.key(), entry.expiryMillis(), entry.access(), entry.value()));
    }

    private interface Writing {
      void run() throws IOException;
    }

    private static void attempt(Writing writing) {
      try {
        writing.run();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /// Entries in ascending order of their databases.
  private static List<Entry> entries(Random random, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes key = random.nextInt(4) == 0 ? Bytes.utf8("" + i) : Bytes.utf8("key:" + i);
      long expiry = random.nextBoolean() ? Record.NO_EXPIRY : random.nextLong(1L << 42);
      RdbAccess access =
          switch (random.nextInt(3)) {
            case 0 -> new RdbAccess(random.nextLong(1L << random.nextInt(1, 62)), -1);
            case 1 -> new RdbAccess(-1, random.nextInt(256));
            default -> RdbAccess.NONE;
          };
      entries.add(new Entry(i * 4 / count, key, expiry, access, value(random)));
    }
    return entries;
  }

  private static Bytes value(Random random) {
    if (random.nextInt(3) == 0) {
      return Bytes.utf8(Long.toString(random.nextLong() >> random.nextInt(64)));
    }
    byte[] value = new byte[random.nextInt(1 << random.nextInt(1, 19))];
    int letters = 1 << random.nextInt(9);
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) random.nextInt(letters);
    }
    return Bytes.of(value);
  }
}
