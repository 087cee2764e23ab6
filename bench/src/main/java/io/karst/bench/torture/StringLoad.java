package io.karst.bench.torture;

import io.karst.bench.harness.Answer;
import io.karst.bench.ledger.Entry;
import io.karst.bench.ledger.Ledger;
import io.karst.bench.ledger.Model;
import io.karst.bench.ledger.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Strings and counters that stay, in database 0, and commands that change one key or many.
///
/// - `prefix`: of its keys, in braces or not: in braces they share a slot.
/// - `keys`: how many it draws from; as many counters.
/// - `shared`: counters that all add to; null to leave them alone.
record StringLoad(String prefix, int keys, @Nullable SharedCounters shared) implements Load {
  /// Values that have grown beyond this are set anew.
  private static final int GROWN_SIZE = 64 << 10;

  /// More keys than a command on an event loop may have.
  private static final int MANY_KEYS = 200;

  @Override
  public Request next(RandomGenerator random, Ledger ledger) {
    Model model = ledger.model();
    String key = key(random);
    int kind = random.nextInt(100);
    if (kind < 25) {
      return set(model, key, Values.next(ledger.next(), random));
    } else if (kind < 37) {
      return append(model, key, ledger, random);
    } else if (kind < 49) {
      return increment(model, prefix + "n" + random.nextInt(keys), random.nextInt(-9, 100));
    } else if (kind < 57) {
      return delete(model, random);
    } else if (kind < 64) {
      return setMany(model, ledger, random);
    } else if (kind < 68) {
      return overwrite(model, key, random);
    } else if (kind < 72) {
      return take(model, key);
    } else if (kind < 76) {
      return copy(model, key, key(random), random.nextBoolean());
    } else if (kind < 80 && shared != null) {
      return kind < 79 ? shared.increment(random) : shared.read();
    } else {
      return kind < 94 ? get(model, key) : getMany(model, random);
    }
  }

  private String key(RandomGenerator random) {
    return prefix + random.nextInt(keys);
  }

  private static Request request(Answer answer, String... words) {
    return new Request(0, List.of(words), answer);
  }

  private static Answer value(@Nullable Entry entry) {
    return entry == null ? Answer.nil() : new Answer.Bulk(entry.value());
  }

  private static Request set(Model model, String key, String value) {
    model.put(0, key, new Entry(value));
    return request(Answer.ok(), "SET", key, value);
  }

  private static Request append(Model model, String key, Ledger ledger, RandomGenerator random) {
    Entry before = model.get(0, key);
    String value = Values.next(ledger.next(), random);
    if (before != null && before.value().length() > GROWN_SIZE) {
      return set(model, key, value);
    }
    String after = before == null ? value : before.value() + value;
    model.put(0, key, new Entry(after));
    return request(new Answer.Whole(after.length()), "APPEND", key, value);
  }

  private static Request increment(Model model, String key, long delta) {
    Entry before = model.get(0, key);
    long after = (before == null ? 0 : Long.parseLong(before.value())) + delta;
    model.put(0, key, new Entry(Long.toString(after)));
    Answer answer = new Answer.Whole(after);
    return delta == 1
        ? request(answer, "INCR", key)
        : request(answer, "INCRBY", key, Long.toString(delta));
  }

  private Request delete(Model model, RandomGenerator random) {
    List<String> words = new ArrayList<>(List.of(random.nextBoolean() ? "DEL" : "UNLINK"));
    int removed = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      String key = key(random);
      words.add(key);
      removed += model.remove(0, key) ? 1 : 0;
    }
    return new Request(0, words, new Answer.Whole(removed));
  }

  /// Sets keys all over the slots: all of them or none.
  private Request setMany(Model model, Ledger ledger, RandomGenerator random) {
    List<String> words = new ArrayList<>(List.of("MSET"));
    int count = random.nextInt(50) == 0 ? MANY_KEYS : random.nextInt(2, 11);
    for (int i = 0; i < count; i++) {
      String key = key(random);
      String value = ledger.next() + "." + i + ":" + Values.bytes(random.nextInt(300), random);
      words.add(key);
      words.add(value);
      model.put(0, key, new Entry(value));
    }
    return new Request(0, words, Answer.ok());
  }

  private static Request overwrite(Model model, String key, RandomGenerator random) {
    Entry entry = model.get(0, key);
    StringBuilder value = new StringBuilder(entry == null ? "" : entry.value());
    int offset = random.nextInt(value.length() + 100);
    String patch = Values.bytes(1 + random.nextInt(50), random);
    int end = offset + patch.length();
    value.setLength(Math.max(value.length(), end));
    value.replace(offset, end, patch);
    model.put(0, key, new Entry(value.toString()));
    return request(
        new Answer.Whole(value.length()), "SETRANGE", key, Integer.toString(offset), patch);
  }

  private static Request take(Model model, String key) {
    Answer answer = value(model.get(0, key));
    model.remove(0, key);
    return request(answer, "GETDEL", key);
  }

  /// Changes two keys at once: none of them or both.
  private static Request copy(Model model, String from, String to, boolean rename) {
    Entry entry = model.get(0, from);
    if (entry == null || from.equals(to)) {
      return get(model, from);
    }
    if (rename) {
      model.remove(0, from);
      model.put(0, to, entry);
      return request(Answer.ok(), "RENAME", from, to);
    }
    model.put(0, to, entry);
    return request(new Answer.Whole(1), "COPY", from, to, "REPLACE");
  }

  private static Request get(Model model, String key) {
    return request(value(model.get(0, key)), "GET", key);
  }

  private Request getMany(Model model, RandomGenerator random) {
    List<String> words = new ArrayList<>(List.of("MGET"));
    List<Answer> values = new ArrayList<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      String key = key(random);
      words.add(key);
      values.add(value(model.get(0, key)));
    }
    return new Request(0, words, new Answer.Many(values));
  }
}
