package io.karst.bench.ledger;

import io.karst.bench.harness.Answer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The account of one connection: what was sent, what was answered, what is safe, and the model
/// that follows from it. Requests are known by their numbers, from 1 on.
///
/// Thread: its owner's.
public final class Ledger {
  /// Steps that are kept although they are safe, to tell how far back a server is that has lost
  /// them.
  private static final int SAFE_STEPS_MAX = 2000;

  private final String name;
  private final Territory territory;
  private final Model model;

  /// The latest changes, oldest first.
  private final ArrayDeque<Step> steps = new ArrayDeque<>();

  private final ArrayDeque<Request> unanswered = new ArrayDeque<>();
  private long sent;
  private long answered;
  private long safe;
  private long acknowledged;

  /// Changes that happen together.
  ///
  /// - `number`: of the request that made them.
  private record Step(long number, List<Change> changes, Request request) {}

  /// - `name`: for messages.
  /// - `databases`: how many the model has.
  public Ledger(String name, Territory territory, int databases) {
    this.name = name;
    this.territory = territory;
    this.model = new Model(databases);
  }

  /// What should be there if everything that was sent has happened. Whoever changes it tells
  /// [#sent].
  public Model model() {
    return model;
  }

  /// The number of the next request.
  public long next() {
    return sent + 1;
  }

  /// How many keys should be in a database.
  public int size(int database) {
    return model.size(database);
  }

  public Territory territory() {
    return territory;
  }

  /// Notes a request; the model has changed already.
  public void sent(Request request) {
    sent++;
    unanswered.add(request);
    List<Change> changes = model.takeChanges();
    if (request.whole()) {
      addStep(changes, request);
    } else {
      changes.forEach(change -> addStep(List.of(change), request));
    }
  }

  private void addStep(List<Change> changes, Request request) {
    if (!changes.isEmpty()) {
      steps.add(new Step(sent, changes, request));
    }
  }

  /// Takes the answer to the oldest request without one.
  ///
  /// - throws [LossException] if it is wrong.
  public void answered(Answer answer) {
    Request request = unanswered.remove();
    answered++;
    acknowledged++;
    try {
      request.expected().receive(answer);
    } catch (LossException e) {
      throw new LossException(
          String.format(
              Locale.ROOT,
              "%s, request %d, in database %d, %s: %s",
              name,
              answered,
              request.database(),
              request.shown(),
              e.getMessage()));
    }
  }

  /// Notes that no crash may take back what was answered up to a number.
  public void safe(long number) {
    safe = number;
    while (steps.size() > SAFE_STEPS_MAX && steps.getFirst().number <= safe) {
      steps.removeFirst();
    }
  }

  /// The number of the latest request that was answered.
  public long answered() {
    return answered;
  }

  /// How many requests have been answered since the beginning.
  public long acknowledged() {
    return acknowledged;
  }

  /// Compares with what a server has, and goes on from there.
  ///
  /// - `graceful`: whether the server was asked to end, and may have lost nothing that was
  ///   answered.
  /// - throws [LossException] if it is not as it was after any request that it may be at.
  public void settle(Observation observation, boolean graceful) {
    long least = graceful ? answered : safe;
    Divergence divergence = new Divergence(model, observation, territory);
    Best best = new Best(sent, divergence.count(), divergence.describe());
    while (divergence.count() > 0 && !steps.isEmpty() && steps.getLast().number > least) {
      long number = undo(divergence);
      if (divergence.count() < best.count) {
        best = new Best(number, divergence.count(), divergence.describe());
      }
    }
    if (divergence.count() > 0) {
      throw new LossException(describe(least, best) + older(divergence));
    }
    steps.clear();
    unanswered.clear();
    answered = sent;
    safe = sent;
  }

  /// The state that comes nearest.
  private record Best(long number, int count, String differences) {}

  /// Takes the latest step back; returns the number of the request that is the latest then.
  private long undo(Divergence divergence) {
    Step step = steps.removeLast();
    List<Change> changes = step.changes;
    for (Change change : changes.reversed()) {
      model.undo(change);
    }
    divergence.undone(changes);
    return step.number - 1;
  }

  private String describe(long least, Best best) {
    return String.format(
        Locale.ROOT,
        "%s: what is there is not what there was after any request from %d, the last that is safe,"
            + " to %d, the last that was sent (%d was the last that was answered)."
            + "\nNearest is the state after request %d, from which it differs in %d keys:%s",
        name,
        least,
        sent,
        answered,
        best.number,
        best.count,
        best.differences);
  }

  /// Whether the server has what there was long before.
  private String older(Divergence divergence) {
    @Nullable Request lost = null;
    while (divergence.count() > 0 && !steps.isEmpty()) {
      lost = steps.getLast().request;
      long number = undo(divergence);
      if (divergence.count() == 0) {
        return String.format(
            Locale.ROOT,
            "\nIt is what there was after request %d; the first that is lost: %s",
            number,
            lost.shown());
      }
    }
    return "";
  }
}
