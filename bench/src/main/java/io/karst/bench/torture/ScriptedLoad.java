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

/// Scripts in database 0 that change several keys, of which a crash leaves all changes or none.
///
/// Keys are all over the slots, some of them made up by the script; some scripts end with an error
/// after they have written, which stays or, of an atomic one, does not; some do so much that they
/// leave the event loop.
///
/// - `prefix`: of its keys.
/// - `keys`: how many it draws from; as many counters.
record ScriptedLoad(String prefix, int keys) implements Load {
  private static final String SET_ALL =
      "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i]) end return #KEYS";

  /// Names the first key only.
  private static final String COUNT_ALL =
      """
      local sum = redis.call('INCRBY', KEYS[1], 1)
      for i = 1, #ARGV do
        sum = sum + redis.call('INCRBY', ARGV[i], i)
      end
      return sum\
      """;

  private static final String SWAP =
      """
      local one, other = redis.call('GET', KEYS[1]), redis.call('GET', KEYS[2])
      redis.call('DEL', KEYS[1], KEYS[2])
      if other then redis.call('SET', KEYS[1], other) end
      if one then redis.call('SET', KEYS[2], one) end
      return 1\
      """;

  private static final String FAIL =
      """
      redis.call('SET', KEYS[1], ARGV[1])
      redis.call('SET', KEYS[2], ARGV[1])
      return redis.pcall('INCR', KEYS[2]).err and 1\
      """;

  private static final String TAKEN_BACK =
      """
      #!lua flags=atomic
      redis.call('SET', KEYS[1], ARGV[1])
      redis.call('DEL', KEYS[2])
      return redis.error_reply('MY mistake')\
      """;

  private static final String LONG =
      """
      redis.call('SET', KEYS[1], ARGV[1])
      for i = 1, 300000 do local x = i * i end
      redis.call('SET', KEYS[2], ARGV[1])
      return 1\
      """;

  @Override
  public Request next(RandomGenerator random, Ledger ledger) {
    Model model = ledger.model();
    String one = key(random);
    String other = key(random);
    String value = Values.next(ledger.next(), random);
    int kind = random.nextInt(100);
    if (kind < 40) {
      return setAll(model, value, random);
    } else if (kind < 65) {
      return countAll(model, random);
    } else if (kind < 80) {
      return swap(model, one, other);
    } else if (kind < 88) {
      return both(model, FAIL, one, other, value);
    } else if (kind < 90) {
      return both(model, LONG, one, other, value);
    } else if (kind < 95) {
      return request(
          TAKEN_BACK, List.of(one, other), List.of(value), new Answer.Failure("MY mistake"));
    }
    Entry entry = model.get(0, one);
    Answer answer = entry == null ? Answer.nil() : new Answer.Bulk(entry.value());
    return request("return redis.call('GET', KEYS[1])", List.of(one), List.of(), answer);
  }

  private String key(RandomGenerator random) {
    return prefix + random.nextInt(keys);
  }

  private static Request request(
      String script, List<String> keys, List<String> arguments, Answer answer) {
    List<String> words = new ArrayList<>(List.of("EVAL", script, Integer.toString(keys.size())));
    words.addAll(keys);
    words.addAll(arguments);
    return new Request(0, words, answer);
  }

  private Request setAll(Model model, String value, RandomGenerator random) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      String name = key(random);
      names.add(name);
      values.add(value + i);
      model.put(0, name, new Entry(value + i));
    }
    return request(SET_ALL, names, values, new Answer.Whole(names.size()));
  }

  private Request countAll(Model model, RandomGenerator random) {
    String first = prefix + "n" + random.nextInt(keys);
    long sum = add(model, first, 1);
    List<String> others = new ArrayList<>();
    int count = random.nextInt(1, 4);
    for (int i = 1; i <= count; i++) {
      String name = prefix + "n" + random.nextInt(keys);
      others.add(name);
      sum += add(model, name, i);
    }
    return request(COUNT_ALL, List.of(first), others, new Answer.Whole(sum));
  }

  private static long add(Model model, String key, long delta) {
    Entry before = model.get(0, key);
    long after = (before == null ? 0 : Long.parseLong(before.value())) + delta;
    model.put(0, key, new Entry(Long.toString(after)));
    return after;
  }

  private static Request swap(Model model, String one, String other) {
    Entry first = model.get(0, one);
    Entry second = model.get(0, other);
    put(model, one, second);
    put(model, other, first);
    return request(SWAP, List.of(one, other), List.of(), new Answer.Whole(1));
  }

  private static void put(Model model, String key, @Nullable Entry entry) {
    if (entry == null) {
      model.remove(0, key);
    } else {
      model.put(0, key, entry);
    }
  }

  private static Request both(Model model, String script, String one, String other, String value) {
    model.put(0, one, new Entry(value));
    model.put(0, other, new Entry(value));
    return request(script, List.of(one, other), List.of(value), new Answer.Whole(1));
  }
}
