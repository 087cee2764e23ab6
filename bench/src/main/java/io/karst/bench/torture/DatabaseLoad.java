package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.Entry;
import io.karst.bench.ledger.Expected;
import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.Model;
import io.karst.bench.ledger.Request;
import java.util.List;
import java.util.random.RandomGenerator;

/// Two databases of its own, which are filled, flushed and swapped, whole or by prefix.
///
/// - `keys`: how many it draws from.
record DatabaseLoad(String prefix, int keys) implements Load {
  static final int FIRST = 2;
  static final int SECOND = 3;

  private static final int GROUPS = 5;

  @Override
  public Request next(RandomGenerator random, Ledger ledger) {
    Model model = ledger.model();
    int database = random.nextBoolean() ? FIRST : SECOND;
    String group = prefix + random.nextInt(GROUPS) + ":";
    String key = group + random.nextInt(keys);
    int kind = random.nextInt(1000);
    if (kind < 5) {
      model.flush(database);
      return request(database, Answer.ok(), "FLUSHDB");
    } else if (kind < 12) {
      model.swap(FIRST, SECOND);
      return request(
          database, Answer.ok(), "SWAPDB", Integer.toString(FIRST), Integer.toString(SECOND));
    } else if (kind < 20) {
      return removeGroup(model, database, group);
    } else if (kind < 80) {
      return move(model, database, key);
    } else if (kind < 160) {
      Answer answer = new Answer.Whole(model.remove(database, key) ? 1 : 0);
      return request(database, answer, "DEL", key);
    } else if (kind < 180) {
      return request(database, new Answer.Whole(model.size(database)), "DBSIZE");
    } else if (kind < 300) {
      Entry entry = model.get(database, key);
      Answer answer = entry == null ? Answer.nil() : new Answer.Bulk(entry.value());
      return request(database, answer, "GET", key);
    }
    String value = Values.next(ledger.next(), random);
    model.put(database, key, new Entry(value));
    return request(database, Answer.ok(), "SET", key, value);
  }

  private static Request request(int database, Answer answer, String... words) {
    return new Request(database, List.of(words), answer);
  }

  /// Many deletions, one after the other.
  private static Request removeGroup(Model model, int database, String group) {
    Answer answer = new Answer.Whole(model.removePrefix(database, group));
    return new Request(database, List.of("DELPREFIX", group), false, Expected.oneOf(answer));
  }

  /// Changes two databases at once.
  private static Request move(Model model, int database, String key) {
    int other = database == FIRST ? SECOND : FIRST;
    Entry entry = model.get(database, key);
    boolean moves = entry != null && !model.has(other, key);
    if (entry != null && moves) {
      model.remove(database, key);
      model.put(other, key, entry);
    }
    return request(database, new Answer.Whole(moves ? 1 : 0), "MOVE", key, Integer.toString(other));
  }
}
