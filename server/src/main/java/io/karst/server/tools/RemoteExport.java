package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbFileWriter;
import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import io.karst.value.DumpPayload;
import io.karst.value.RdbVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the functions and the keys of a running server to an RDB file, with `SCAN`, `DUMP` and
/// `PEXPIRETIME` (`PTTL` before Redis 7.0), many under way at a time. Types are the server's
/// business.
///
/// Memory: [SeenKeys], as a scan may show a key twice and a file must not.
///
/// Thread: its owner's.
final class RemoteExport {
  private static final Pattern DATABASE = Pattern.compile("db(\\d+):keys=(\\d+),expires=(\\d+)");
  private static final Bytes DUMP = Bytes.utf8("DUMP");
  private static final Bytes PTTL = Bytes.utf8("PTTL");
  private static final Bytes PEXPIRETIME = Bytes.utf8("PEXPIRETIME");
  private static final Bytes SCAN = Bytes.utf8("SCAN");
  private static final Bytes COUNT = Bytes.utf8("COUNT");
  private static final Bytes BATCH = Bytes.utf8("256");
  private static final Bytes LIBRARY_CODE = Bytes.utf8("library_code");
  private static final long NO_TTL = -1;

  private final RespClient client;
  private final List<Database> databases = new ArrayList<>();
  private boolean tellsExpiries;
  private long exported;

  private record Database(int number, long keys, long expiring) {}

  RemoteExport(RespClient client) {
    this.client = client;
  }

  /// Asks what there is, and returns how many keys, about.
  long begin() throws IOException {
    Matcher lines = DATABASE.matcher(bulk(client.ask("INFO", "keyspace")).utf8());
    long keys = 0;
    while (lines.find()) {
      int number = Integer.parseInt(lines.group(1));
      databases.add(
          new Database(number, Long.parseLong(lines.group(2)), Long.parseLong(lines.group(3))));
      keys += databases.getLast().keys;
    }
    tellsExpiries = client.ask("PEXPIRETIME", "") instanceof Answer.Int;
    return keys;
  }

  /// The version of the format that the server's values are of.
  int version() throws IOException {
    int version = RdbVersion.WRITTEN;
    for (Database database : databases) {
      client.expectOk(client.ask("SELECT", "" + database.number));
      if (client.ask("RANDOMKEY") instanceof Answer.Bulk(Bytes key)
          && key != null
          && client.ask(DUMP, key) instanceof Answer.Bulk(Bytes payload)
          && payload != null) {
        version = Math.max(version, DumpPayload.version(payload));
      }
    }
    return version;
  }

  /// Writes all keys.
  ///
  /// - `progress`: told how many keys have been written.
  void run(RdbFileWriter file, LongConsumer progress) throws IOException {
    exportFunctions(file);
    for (Database database : databases) {
      client.expectOk(client.ask("SELECT", "" + database.number));
      file.database(database.number, database.keys, database.expiring);
      SeenKeys seen = new SeenKeys();
      Bytes cursor = Bytes.utf8("0");
      do {
        Answer.Many page = page(cursor);
        cursor = bulk(page.answers().getFirst());
        export(keys(page, seen), file);
        progress.accept(exported);
      } while (!cursor.equals(Bytes.utf8("0")));
    }
  }

  /// Servers before Redis 7.0 have none, and answer with an error.
  private void exportFunctions(RdbFileWriter file) throws IOException {
    if (!(client.ask("FUNCTION", "LIST", "WITHCODE") instanceof Answer.Many libraries)) {
      return;
    }
    for (Answer each : libraries.answers()) {
      if (each instanceof Answer.Many library) {
        List<Answer> fields = library.answers();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
          if (bulk(fields.get(i)).equals(LIBRARY_CODE)) {
            file.function(bulk(fields.get(i + 1)));
          }
        }
      }
    }
  }

  private Answer.Many page(Bytes cursor) throws IOException {
    Answer answer = client.ask(SCAN, cursor, COUNT, BATCH);
    client.expectOk(answer);
    if (answer instanceof Answer.Many page && page.answers().size() == 2) {
      return page;
    }
    throw client.unexpected(answer);
  }

  private List<Bytes> keys(Answer.Many page, SeenKeys seen) throws IOException {
    if (!(page.answers().get(1) instanceof Answer.Many shown)) {
      throw client.unexpected(page);
    }
    List<Bytes> keys = new ArrayList<>();
    for (Answer answer : shown.answers()) {
      Bytes key = bulk(answer);
      if (seen.add(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private void export(List<Bytes> keys, RdbFileWriter file) throws IOException {
    for (Bytes key : keys) {
      client.send(tellsExpiries ? PEXPIRETIME : PTTL, key);
      client.send(DUMP, key);
    }
    client.flush();
    for (Bytes key : keys) {
      Answer ttl = client.read();
      long expiry = expiry(ttl);
      Answer answer = client.read();
      client.expectOk(answer);
      if (answer instanceof Answer.Bulk(Bytes payload) && payload != null) {
        file.value(key, expiry, RdbAccess.NONE, DumpPayload.open(payload));
        exported++;
      }
    }
  }

  /// A time to live begins now, as the machine of this process sees it.
  private long expiry(Answer ttl) throws IOException {
    client.expectOk(ttl);
    if (ttl instanceof Answer.Int(long millis)) {
      long begin = tellsExpiries ? 0 : System.currentTimeMillis();
      return millis <= NO_TTL ? Record.NO_EXPIRY : begin + millis;
    }
    throw client.unexpected(ttl);
  }

  private Bytes bulk(Answer answer) throws IOException {
    client.expectOk(answer);
    if (answer instanceof Answer.Bulk(Bytes bytes) && bytes != null) {
      return bytes;
    }
    throw client.unexpected(answer);
  }
}
