package io.karst.bench.ledger;

import io.karst.bench.harness.Answer;
import java.util.List;

/// A request whose changes the model has gone through already.
///
/// - `whole`: whether its changes happen together; if not, the first of them may be all that a
///   crash leaves.
public record Request(int database, List<String> words, boolean whole, Expected expected) {
  private static final int WORDS_SHOWN = 4;

  public Request {
    words = List.copyOf(words);
  }

  public Request(int database, List<String> words, Answer answer) {
    this(database, words, true, Expected.oneOf(answer));
  }

  /// For messages.
  String shown() {
    List<String> shown = words.stream().limit(WORDS_SHOWN).map(Answer::shown).toList();
    return String.join(" ", shown) + (words.size() > WORDS_SHOWN ? " …" : "");
  }
}
