package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.List;

/// A number: `INCR`, `INCRBY`, `GET`. What is not there counts as 0.
public record CounterModel() implements Model<Long> {
  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Step<Long> step(Long state, List<String> words) {
    return switch (words.getFirst()) {
      case "INCR" -> added(state + 1);
      case "INCRBY" -> added(state + Long.parseLong(words.get(2)));
      case "GET" -> new Step<>(new Answer.Bulk(Long.toString(state)), state);
      default -> throw Model.unknown(words);
    };
  }

  @Override
  public boolean reads(List<String> words, Answer answer) {
    return words.getFirst().equals("GET");
  }

  /// A counter that is not there and one that is 0 are the same.
  @Override
  public Answer canonical(List<String> words, Answer answer) {
    return answer.equals(Answer.nil()) ? new Answer.Bulk("0") : answer;
  }

  private static Step<Long> added(long sum) {
    return new Step<>(new Answer.Whole(sum), sum);
  }
}
