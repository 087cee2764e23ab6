package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A set: `SADD` and `SREM` of one member, `SISMEMBER`, `SMEMBERS`, `SCARD`.
public record SetModel() implements Model<Set<String>> {
  private static final Answer YES = new Answer.Whole(1);
  private static final Answer NO = new Answer.Whole(0);

  @Override
  public Set<String> initial() {
    return Set.of();
  }

  @Override
  public Step<Set<String>> step(Set<String> state, List<String> words) {
    return switch (words.getFirst()) {
      case "SADD" -> add(state, words.get(2));
      case "SREM" -> remove(state, words.get(2));
      case "SISMEMBER" -> new Step<>(state.contains(words.get(2)) ? YES : NO, state);
      case "SMEMBERS" -> new Step<>(sorted(state.stream().map(Answer.Bulk::new)), state);
      case "SCARD" -> new Step<>(new Answer.Whole(state.size()), state);
      default -> throw Model.unknown(words);
    };
  }

  @Override
  public boolean reads(List<String> words, Answer answer) {
    return switch (words.getFirst()) {
      case "SADD", "SREM" -> answer.equals(NO);
      default -> true;
    };
  }

  /// Members come in any order.
  @Override
  public Answer canonical(List<String> words, Answer answer) {
    return answer instanceof Answer.Many(List<Answer> items) ? sorted(items.stream()) : answer;
  }

  private static Step<Set<String>> add(Set<String> state, String member) {
    return state.contains(member)
        ? new Step<>(NO, state)
        : new Step<>(
            YES, Stream.concat(state.stream(), Stream.of(member)).collect(Collectors.toSet()));
  }

  private static Step<Set<String>> remove(Set<String> state, String member) {
    return state.contains(member)
        ? new Step<>(
            YES, state.stream().filter(one -> !one.equals(member)).collect(Collectors.toSet()))
        : new Step<>(NO, state);
  }

  private static Answer sorted(Stream<? extends Answer> items) {
    return new Answer.Many(
        items.<Answer>map(item -> item).sorted(Comparator.comparing(Answer::shown)).toList());
  }
}
