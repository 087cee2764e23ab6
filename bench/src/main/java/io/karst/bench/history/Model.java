package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import java.util.List;

/// A value of some type that one client at a time works on.
///
/// - `S`: what may be in it; immutable, and equal if nobody can tell them apart.
public interface Model<S> {
  /// A command's answer, and what it leaves behind.
  record Step<S>(Answer answer, S state) {}

  /// Before anybody has done anything.
  S initial();

  /// Runs a command.
  ///
  /// - throws [IllegalArgumentException] if the model does not know it.
  Step<S> step(S state, List<String> words);

  /// Whether a command that is answered like this has changed nothing, whatever there was.
  boolean reads(List<String> words, Answer answer);

  /// The one of all answers that mean the same that [#step] gives.
  default Answer canonical(List<String> words, Answer answer) {
    return answer;
  }

  /// What to throw for a command that a model does not know.
  static IllegalArgumentException unknown(List<String> words) {
    return new IllegalArgumentException("no model of " + words);
  }
}
