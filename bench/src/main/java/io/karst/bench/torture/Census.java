package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import io.karst.bench.ledger.Entry;
import io.karst.bench.ledger.LossException;
import io.karst.bench.ledger.Observation;
import io.karst.bench.ledger.Observation.Seen;
import java.util.ArrayList;
import java.util.List;

/// Reads everything that a server has, while nobody writes.
///
/// - `ordered`: by `KEYRANGE`, in the order of the keys; otherwise by `SCAN` and `MGET`. Each is
///   complete by itself.
record Census(RespConnection connection, boolean ordered) {
  private static final String PAGE = "200";

  /// What `PEXPIRETIME` says of a key that is not there.
  private static final long GONE = -2;

  /// - `databases`: how many, from 0 on.
  Observation take(int databases) {
    Observation observation = new Observation();
    for (int database = 0; database < databases; database++) {
      connection.call("SELECT", Integer.toString(database));
      if (ordered) {
        range(database, observation);
      } else {
        scan(database, observation);
      }
    }
    observation.end(System.currentTimeMillis());
    return observation;
  }

  private void scan(int database, Observation observation) {
    String cursor = "0";
    do {
      List<Answer> reply = items(connection.ask("SCAN", cursor, "COUNT", PAGE));
      cursor = text(reply.get(0));
      List<String> words = new ArrayList<>(List.of("MGET"));
      items(reply.get(1)).forEach(key -> words.add(text(key)));
      if (words.size() > 1) {
        long nowMillis = System.currentTimeMillis();
        List<String> keys = words.subList(1, words.size());
        note(database, keys, items(connection.ask(words)), nowMillis, observation);
      }
    } while (!cursor.equals("0"));
  }

  private void range(int database, Observation observation) {
    String from = "-";
    List<Answer> reply;
    do {
      long nowMillis = System.currentTimeMillis();
      reply = items(connection.ask("KEYRANGE", from, "+", "LIMIT", PAGE, "WITHVALUES"));
      List<String> keys = new ArrayList<>();
      List<Answer> values = new ArrayList<>();
      for (int i = 0; i < reply.size(); i += 2) {
        String key = text(reply.get(i));
        String last = keys.isEmpty() ? from.substring(1) : keys.getLast();
        if (key.compareTo(last) <= 0 && !last.isEmpty()) {
          throw new LossException("KEYRANGE has " + Answer.shown(key) + " behind " + last);
        }
        keys.add(key);
        values.add(reply.get(i + 1));
      }
      if (!keys.isEmpty()) {
        note(database, keys, values, nowMillis, observation);
        from = "(" + keys.getLast();
      }
    } while (!reply.isEmpty());
  }

  private void note(
      int database,
      List<String> keys,
      List<Answer> values,
      long nowMillis,
      Observation observation) {
    List<Long> expiries = expiries(database, keys);
    for (int i = 0; i < keys.size(); i++) {
      // What is listed and has no value has come to its end in between, or will be missed.
      if (values.get(i) instanceof Answer.Bulk(String value) && expiries.get(i) != GONE) {
        observation.add(database, keys.get(i), new Seen(value, expiries.get(i), nowMillis));
      }
    }
  }

  /// When keys expire: asked in the database where some do.
  private List<Long> expiries(int database, List<String> keys) {
    if (database != ExpiringLoad.DATABASE) {
      return keys.stream().map(_ -> Entry.NEVER).toList();
    }
    keys.forEach(key -> connection.send(List.of("PEXPIRETIME", key)));
    return keys.stream()
        .map(_ -> Long.parseLong(connection.reply()))
        .map(at -> at == -1 ? Long.valueOf(Entry.NEVER) : at)
        .toList();
  }

  private static List<Answer> items(Answer answer) {
    if (answer instanceof Answer.Many(List<Answer> items)) {
      return items;
    }
    throw new HarnessException("not a list: " + answer.shown());
  }

  private static String text(Answer answer) {
    if (answer instanceof Answer.Bulk(String value)) {
      return value;
    }
    throw new HarnessException("not a key: " + answer.shown());
  }
}
