package io.karst.bench.faults;

import io.karst.bench.history.CounterModel;
import io.karst.bench.history.ListModel;
import io.karst.bench.history.Model;
import io.karst.bench.history.RegisterModel;
import io.karst.bench.history.SetModel;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a key that all want is, and what they do to it.
enum Kind {
  REGISTER,
  COUNTER,
  SET,
  LIST;

  private static final int MEMBERS = 4;

  /// Values that are compared with are few, so that the comparison succeeds now and then.
  private static final int COMPARED = 3;

  Model<?> model() {
    return switch (this) {
      case REGISTER -> new RegisterModel();
      case COUNTER -> new CounterModel();
      case SET -> new SetModel();
      case LIST -> new ListModel();
    };
  }

  /// A command at random.
  ///
  /// - `unique`: a value that nobody else has.
  List<String> command(String key, String unique, RandomGenerator random) {
    return switch (this) {
      case REGISTER -> register(key, unique, random);
      case COUNTER -> random.nextBoolean() ? List.of("INCR", key) : List.of("GET", key);
      case SET -> set(key, random);
      case LIST -> list(key, unique, random);
    };
  }

  /// What is asked when everything is over.
  List<String> reading(String key) {
    return switch (this) {
      case REGISTER, COUNTER -> List.of("GET", key);
      case SET -> List.of("SMEMBERS", key);
      case LIST -> List.of("LRANGE", key, "0", "-1");
    };
  }

  private static List<String> register(String key, String unique, RandomGenerator random) {
    String compared = "c" + random.nextInt(COMPARED);
    return switch (random.nextInt(10)) {
      case 0, 1 -> List.of("SET", key, unique);
      case 2 -> List.of("SET", key, compared);
      case 3 -> List.of("SET", key, unique, "NX");
      case 4 -> List.of("DEL", key);
      case 5, 6 -> RegisterModel.compareAndSet(key, compared, "c" + random.nextInt(COMPARED));
      default -> List.of("GET", key);
    };
  }

  private static List<String> set(String key, RandomGenerator random) {
    String member = "m" + random.nextInt(MEMBERS);
    return switch (random.nextInt(5)) {
      case 0, 1 -> List.of("SADD", key, member);
      case 2 -> List.of("SREM", key, member);
      case 3 -> List.of("SISMEMBER", key, member);
      default -> List.of("SMEMBERS", key);
    };
  }

  /// More is taken than put, so that lists stay short.
  private static List<String> list(String key, String unique, RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> List.of("RPUSH", key, unique);
      case 2, 3, 4 -> List.of("LPOP", key);
      case 5 -> List.of("LLEN", key);
      default -> List.of("LRANGE", key, "0", "-1");
    };
  }
}
