package io.karst.server.tools;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.memory.Record;
import io.karst.rdb.RdbAccess;
import io.karst.rdb.RdbEntry;
import io.karst.rdb.RdbException;
import io.karst.rdb.RdbVisitor;
import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Puts the entries of an RDB file into a running server, with `RESTORE`, many under way at a time.
/// What is due is left out and counted. Types are the server's business.
///
/// An I/O error is an [UncheckedIOException]. Thread: its owner's.
final class RemoteImport implements RdbVisitor {
  private static final int REQUESTS_MAX = 512;
  private static final int SIZE_MAX = 1 << 20;

  private static final Bytes SELECT = Bytes.utf8("SELECT");
  private static final Bytes FUNCTION = Bytes.utf8("FUNCTION");
  private static final Bytes LOAD = Bytes.utf8("LOAD");
  private static final Bytes RESTORE = Bytes.utf8("RESTORE");
  private static final Bytes ABSTTL = Bytes.utf8("ABSTTL");
  private static final Bytes REPLACE = Bytes.utf8("REPLACE");
  private static final Bytes IDLETIME = Bytes.utf8("IDLETIME");
  private static final Bytes FREQ = Bytes.utf8("FREQ");

  private final RespClient client;
  private final boolean replaces;

  /// The entries whose answers have not been read. Their values are no longer good.
  private final List<RdbEntry> asked = new ArrayList<>();

  private int size;
  private int database;
  private long imported;
  private long due;

  RemoteImport(RespClient client, boolean replaces) {
    this.client = client;
    this.replaces = replaces;
  }

  @Override
  public void entry(RdbEntry entry) {
    if (entry.expiryMillis() != Record.NO_EXPIRY
        && entry.expiryMillis() <= System.currentTimeMillis()) {
      due++;
      return;
    }
    try {
      select(entry);
      client.send(request(entry));
      asked.add(entry);
      size += entry.value().value().length();
      if (asked.size() >= REQUESTS_MAX || size >= SIZE_MAX) {
        finish();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public boolean function(Bytes source) {
    try {
      finish();
      Answer answer =
          replaces
              ? client.ask(FUNCTION, LOAD, REPLACE, source)
              : client.ask(FUNCTION, LOAD, source);
      if (answer instanceof Answer.Failure failure) {
        throw new IOException("a library of functions: " + failure.line());
      }
      return true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void select(RdbEntry entry) throws IOException {
    if (entry.database() == database) {
      return;
    }
    finish();
    Answer answer = client.ask(SELECT, Decimal.of(entry.database()));
    if (answer instanceof Answer.Failure failure) {
      throw new RdbException(
          entry.offset(), "database " + entry.database() + ": " + failure.line());
    }
    database = entry.database();
  }

  private Bytes[] request(RdbEntry entry) {
    long expiry = entry.expiryMillis() == Record.NO_EXPIRY ? 0 : entry.expiryMillis();
    List<Bytes> words = new ArrayList<>();
    words.add(RESTORE);
    words.add(entry.key());
    words.add(Decimal.of(expiry));
    words.add(entry.value().sealed());
    words.add(ABSTTL);
    if (replaces) {
      words.add(REPLACE);
    }
    if (entry.access().frequency() != RdbAccess.UNKNOWN) {
      words.add(FREQ);
      words.add(Decimal.of(entry.access().frequency()));
    } else if (entry.access().idleSeconds() != RdbAccess.UNKNOWN) {
      words.add(IDLETIME);
      words.add(Decimal.of(entry.access().idleSeconds()));
    }
    return words.toArray(Bytes[]::new);
  }

  /// Waits for all answers.
  ///
  /// - throws [RdbException] for the first entry that the server did not take.
  void finish() throws IOException {
    client.flush();
    for (RdbEntry entry : asked) {
      if (client.read() instanceof Answer.Failure failure) {
        throw entry.refused(advised(failure.line()));
      }
      imported++;
    }
    asked.clear();
    size = 0;
  }

  private static String advised(String line) {
    return line.startsWith("BUSYKEY") ? "the key exists already (see --replace)" : line;
  }

  long imported() {
    return imported;
  }

  long due() {
    return due;
  }
}
