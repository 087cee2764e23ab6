package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.List;

/// A string: `GET`, `SET`, `SET … NX`, `GETDEL`, `DEL`, and compare-and-set by a script. The
/// state is what `GET` answers.
public record RegisterModel() implements Model<Answer> {
  private static final int OLD = 4;
  private static final int NEW = 5;

  /// Sets a string to `ARGV[2]` if it is `ARGV[1]`; answers whether it was.
  private static final String COMPARE_AND_SET =
      "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2]) return 1"
          + " end return 0";

  /// The command that sets a key to `next` if it is `expected`, and answers 1 or 0.
  public static List<String> compareAndSet(String key, String expected, String next) {
    return List.of("EVAL", COMPARE_AND_SET, "1", key, expected, next);
  }

  @Override
  public Answer initial() {
    return Answer.nil();
  }

  @Override
  public Step<Answer> step(Answer state, List<String> words) {
    boolean there = !state.equals(Answer.nil());
    return switch (words.getFirst()) {
      case "GET" -> new Step<>(state, state);
      case "GETDEL" -> new Step<>(state, Answer.nil());
      case "DEL" -> new Step<>(new Answer.Whole(there ? 1 : 0), Answer.nil());
      case "EVAL" -> compareAndSet(state, words);
      case "SET" ->
          words.contains("NX") && there
              ? new Step<>(Answer.nil(), state)
              : new Step<>(Answer.ok(), new Answer.Bulk(words.get(2)));
      default -> throw Model.unknown(words);
    };
  }

  @Override
  public boolean reads(List<String> words, Answer answer) {
    return switch (words.getFirst()) {
      case "GET" -> true;
      case "EVAL", "DEL" -> answer.equals(new Answer.Whole(0));
      default -> answer.equals(Answer.nil());
    };
  }

  private static Step<Answer> compareAndSet(Answer state, List<String> words) {
    return state.equals(new Answer.Bulk(words.get(OLD)))
        ? new Step<>(new Answer.Whole(1), new Answer.Bulk(words.get(NEW)))
        : new Step<>(new Answer.Whole(0), state);
  }
}
