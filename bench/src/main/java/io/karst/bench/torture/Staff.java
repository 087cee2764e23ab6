package io.karst.bench.torture;

import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.LossException;
import io.karst.bench.ledger.Observation;
import io.karst.bench.ledger.Territory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// All writers, and what the server should have in the end.
///
/// Thread: the rounds', while no writer is at work.
final class Staff {
  /// The databases that somebody writes to are the first of those a server has.
  static final int DATABASES = 4;

  private final SharedCounters shared = new SharedCounters();
  private final List<Writer> writers = new ArrayList<>();

  Staff(Scale scale, SplittableRandom random) {
    int keys = scale.keys();
    strings("w1:", new StringLoad("w1:", keys, null), Level.DEFAULT, random);
    strings("{w2}:", new StringLoad("{w2}:", keys, shared), Level.LOCAL, random);
    strings("w3:", new StringLoad("w3:", keys, shared), Level.FSYNC, random);
    strings("w4:", new StringLoad("w4:", keys, null), Level.NONE, random);
    strings("lua:", new ScriptedLoad("lua:", keys / 4), Level.FSYNC, random);
    add(
        new Territory(List.of(ExpiringLoad.DATABASE), "e:"),
        new ExpiringLoad("e:", keys / 2),
        Level.LOCAL,
        random);
    add(
        new Territory(List.of(DatabaseLoad.FIRST, DatabaseLoad.SECOND), "d:"),
        new DatabaseLoad("d:", keys / 10),
        Level.DEFAULT,
        random);
  }

  private void strings(String prefix, Load load, Level level, SplittableRandom random) {
    add(new Territory(List.of(0), prefix), load, level, random);
  }

  private void add(Territory territory, Load load, Level level, SplittableRandom random) {
    String name = "writer " + territory.prefix() + " (" + level + ")";
    Ledger ledger = new Ledger(name, territory, DATABASES);
    writers.add(new Writer(ledger, load, level, random.split()));
  }

  List<Writer> writers() {
    return writers;
  }

  /// Compares all ledgers with what a server has.
  ///
  /// - `graceful`: see [Ledger#settle].
  /// - throws [LossException] if one of them does not agree, or there is what nobody has written.
  void settle(Observation observation, boolean graceful) {
    writers.forEach(writer -> writer.ledger().settle(observation, graceful));
    shared.settle(observation);
    List<Territory> territories =
        writers.stream().map(writer -> writer.ledger().territory()).toList();
    List<String> strangers = observation.strangers(territories, shared::has);
    if (!strangers.isEmpty()) {
      throw new LossException("keys that nobody has written: " + String.join("; ", strangers));
    }
  }

  /// How many keys a database should have, those that are due included.
  long size(int database) {
    long size = database == 0 ? shared.size() : 0;
    for (Writer writer : writers) {
      if (database < DATABASES) {
        size += writer.ledger().model().size(database);
      }
    }
    return size;
  }

  /// How many keys a database should have that are not due by then, in milliseconds since 1970.
  long sizeAt(int database, long millis) {
    long due = 0;
    for (Writer writer : writers) {
      if (database < DATABASES) {
        due += writer.ledger().model().due(database, millis);
      }
    }
    return size(database) - due;
  }

  /// Requests that were answered, since the beginning.
  long acknowledged() {
    return writers.stream().mapToLong(writer -> writer.ledger().acknowledged()).sum();
  }
}
