package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.Entry;
import io.karst.bench.ledger.Expected;
import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.Model;
import io.karst.bench.ledger.Request;
import java.util.List;
import java.util.random.RandomGenerator;

/// Keys that expire, in database 1: some soon, some long after the end of this, some not any more.
///
/// Times are absolute, so that who is asked and when makes no difference to what should be there.
///
/// - `keys`: how many it draws from; as many of those that expire soon.
record ExpiringLoad(String prefix, int keys) implements Load {
  static final int DATABASE = 1;

  private static final int SOON_MILLIS = 2000;
  private static final long HOUR_MILLIS = 3_600_000;

  @Override
  public Request next(RandomGenerator random, Ledger ledger) {
    Model model = ledger.model();
    String brief = prefix + "brief:" + random.nextInt(keys);
    String key = prefix + random.nextInt(keys);
    String value = Values.next(ledger.next(), random);
    int kind = random.nextInt(100);
    if (kind < 30) {
      return set(model, brief, value, System.currentTimeMillis() + random.nextInt(SOON_MILLIS));
    } else if (kind < 40) {
      return getBrief(model, brief);
    } else if (kind < 45) {
      model.remove(DATABASE, brief);
      return request(Expected.oneOf(new Answer.Whole(0), new Answer.Whole(1)), "DEL", brief);
    } else if (kind < 60) {
      return set(model, key, value, later(random));
    } else if (kind < 65) {
      model.put(DATABASE, key, new Entry(value));
      return request(Expected.oneOf(Answer.ok()), "SET", key, value);
    } else if (kind < 75) {
      return expire(model, key, later(random));
    } else if (kind < 82) {
      return persist(model, key);
    } else {
      return kind < 90 ? touch(model, key, later(random)) : tell(model, key);
    }
  }

  private static long later(RandomGenerator random) {
    return System.currentTimeMillis() + HOUR_MILLIS + random.nextLong(HOUR_MILLIS);
  }

  private static Request request(Expected expected, String... words) {
    return new Request(DATABASE, List.of(words), true, expected);
  }

  private static Request set(Model model, String key, String value, long atMillis) {
    model.put(DATABASE, key, new Entry(value, atMillis));
    return request(Expected.oneOf(Answer.ok()), "SET", key, value, "PXAT", Long.toString(atMillis));
  }

  /// What is there until it is due, and not after.
  private static Request getBrief(Model model, String key) {
    Entry entry = model.get(DATABASE, key);
    if (entry == null || entry.expiresAtMillis() < System.currentTimeMillis()) {
      return request(Expected.oneOf(Answer.nil()), "GET", key);
    }
    Answer value = new Answer.Bulk(entry.value());
    Expected expected =
        answer -> {
          boolean maybeGone = entry.expiresAtMillis() <= System.currentTimeMillis();
          Expected.oneOf(value, maybeGone ? Answer.nil() : value).receive(answer);
        };
    return request(expected, "GET", key);
  }

  private static Request expire(Model model, String key, long atMillis) {
    Entry entry = model.get(DATABASE, key);
    if (entry != null) {
      model.put(DATABASE, key, new Entry(entry.value(), atMillis));
    }
    Answer answer = new Answer.Whole(entry == null ? 0 : 1);
    return request(Expected.oneOf(answer), "PEXPIREAT", key, Long.toString(atMillis));
  }

  private static Request persist(Model model, String key) {
    Entry entry = model.get(DATABASE, key);
    boolean expires = entry != null && entry.expiresAtMillis() != Entry.NEVER;
    if (entry != null && expires) {
      model.put(DATABASE, key, new Entry(entry.value()));
    }
    return request(Expected.oneOf(new Answer.Whole(expires ? 1 : 0)), "PERSIST", key);
  }

  private static Request touch(Model model, String key, long atMillis) {
    Entry entry = model.get(DATABASE, key);
    if (entry == null) {
      return tell(model, key);
    }
    model.put(DATABASE, key, new Entry(entry.value(), atMillis));
    Answer answer = new Answer.Bulk(entry.value());
    return request(Expected.oneOf(answer), "GETEX", key, "PXAT", Long.toString(atMillis));
  }

  private static Request tell(Model model, String key) {
    Entry entry = model.get(DATABASE, key);
    long at = entry == null ? -2 : entry.expiresAtMillis();
    at = at == Entry.NEVER ? -1 : at;
    return request(Expected.oneOf(new Answer.Whole(at)), "PEXPIRETIME", key);
  }
}
