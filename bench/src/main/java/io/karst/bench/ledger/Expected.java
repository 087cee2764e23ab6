package io.karst.bench.ledger;

import io.karst.bench.harness.Answer;
import java.util.List;

/// What has to be answered to a request.
@FunctionalInterface
public interface Expected {
  /// Takes the answer.
  ///
  /// - throws [LossException] if it must not be.
  void receive(Answer answer);

  /// One of these.
  static Expected oneOf(Answer... allowed) {
    List<Answer> list = List.of(allowed);
    return answer -> {
      if (!list.contains(answer)) {
        throw new LossException(
            "the answer must be "
                + String.join(" or ", list.stream().map(Answer::shown).toList())
                + ", and is "
                + answer.shown());
      }
    };
  }
}
