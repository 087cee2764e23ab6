package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.List;
import java.util.stream.Stream;

/// A list that is a queue: `RPUSH` of one element, `LPOP`, `LLEN`, `LRANGE` of all.
public record ListModel() implements Model<List<String>> {
  @Override
  public List<String> initial() {
    return List.of();
  }

  @Override
  public Step<List<String>> step(List<String> state, List<String> words) {
    return switch (words.getFirst()) {
      case "RPUSH" -> push(state, words.get(2));
      case "LPOP" -> pop(state);
      case "LLEN" -> new Step<>(new Answer.Whole(state.size()), state);
      case "LRANGE" -> new Step<>(all(state), state);
      default -> throw Model.unknown(words);
    };
  }

  @Override
  public boolean reads(List<String> words, Answer answer) {
    return switch (words.getFirst()) {
      case "RPUSH" -> false;
      case "LPOP" -> answer.equals(Answer.nil());
      default -> true;
    };
  }

  private static Step<List<String>> push(List<String> state, String element) {
    List<String> after = Stream.concat(state.stream(), Stream.of(element)).toList();
    return new Step<>(new Answer.Whole(after.size()), after);
  }

  private static Step<List<String>> pop(List<String> state) {
    return state.isEmpty()
        ? new Step<>(Answer.nil(), state)
        : new Step<>(new Answer.Bulk(state.getFirst()), state.subList(1, state.size()));
  }

  private static Answer all(List<String> state) {
    return new Answer.Many(state.stream().<Answer>map(Answer.Bulk::new).toList());
  }
}
