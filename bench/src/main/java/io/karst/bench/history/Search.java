package io.karst.bench.history;

import io.karst.bench.history.Model.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One search for an order; see [Linearizability] for how it goes.
///
/// Thread: its owner's. Used once.
final class Search<S> {
  /// How often the clock is looked at, in places.
  private static final int CLOCK_PERIOD = 256;

  private final Model<S> model;

  /// Those with an answer, in the order in which they were asked; and the answers as the model
  /// would give them.
  private final List<Operation> answered;

  private final List<Operation> open;

  private final BitSet done = new BitSet();
  private final BitSet used = new BitSet();
  private S state;
  private int doneCount;

  /// Where the search has been, with the sets of open operations that had happened there.
  private final Map<Place<S>, List<BitSet>> visited = new HashMap<>();

  private final ArrayDeque<Frame<S>> path = new ArrayDeque<>();
  private long places;
  private @Nullable Stuck<S> best;

  /// What may happen next.
  ///
  /// - `index`: of the answered or the open ones.
  private record Move<S>(boolean open, int index, S state) {}

  /// Where the path has been.
  private static final class Frame<S> {
    /// The way there; null at the beginning.
    private final @Nullable Move<S> by;

    /// The state there was.
    private final S before;

    /// The answered operations that have happened here and change nothing.
    private final List<Integer> absorbed;

    /// What is still to be tried. Open operations come last.
    private final ArrayDeque<Move<S>> moves = new ArrayDeque<>();

    private boolean complete;

    private Frame(@Nullable Move<S> by, S before, List<Integer> absorbed) {
      this.by = by;
      this.before = before;
      this.absorbed = absorbed;
    }

    /// Whether an open operation has led here and nobody has made anything of it yet.
    private boolean fruitless() {
      return by != null && by.open && absorbed.isEmpty();
    }
  }

  /// The place with the most operations behind it.
  private record Stuck<S>(int doneCount, S state, List<Operation> waiting) {}

  Search(Model<S> model, List<Operation> history) {
    this.model = model;
    List<Operation> sorted =
        history.stream().sorted(Comparator.comparingLong(Operation::callNanos)).toList();
    answered =
        sorted.stream().filter(one -> !one.isOpen()).map(one -> canonical(model, one)).toList();
    open = sorted.stream().filter(Operation::isOpen).toList();
    state = model.initial();
  }

  private static Operation canonical(Model<?> model, Operation one) {
    return one.answer() == null
        ? one
        : new Operation(
            one.client(),
            one.words(),
            model.canonical(one.words(), one.answer()),
            one.callNanos(),
            one.returnNanos());
  }

  Verdict run(Duration patience) {
    long beginNanos = System.nanoTime();
    arrive(null, state);
    while (doneCount < answered.size()) {
      if (++places % CLOCK_PERIOD == 0 && System.nanoTime() - beginNanos > patience.toNanos()) {
        return new Verdict.Undecided(places, patience);
      }
      Frame<S> frame = path.peek();
      if (frame == null) {
        return new Verdict.Violated(where());
      }
      Move<S> move = next(frame);
      if (move == null) {
        leave();
      } else {
        go(move);
      }
    }
    return new Verdict.Linearizable();
  }

  private void go(Move<S> move) {
    S before = state;
    if (move.open) {
      used.set(move.index);
    } else {
      done.set(move.index);
      doneCount++;
    }
    state = move.state;
    arrive(move, before);
  }

  /// Lets happen what changes nothing, and looks for what may happen then.
  private void arrive(@Nullable Move<S> by, S before) {
    Frame<S> frame = new Frame<>(by, before, absorb());
    path.push(frame);
    if (isNew()) {
      addAnswered(frame);
    } else {
      frame.complete = true;
    }
  }

  private @Nullable Move<S> next(Frame<S> frame) {
    Move<S> next = frame.moves.poll();
    if (next == null && !frame.complete) {
      frame.complete = true;
      addOpen(frame);
      next = frame.moves.poll();
    }
    return next;
  }

  /// Goes back to the place before.
  private void leave() {
    Frame<S> frame = path.pop();
    frame.absorbed.forEach(done::clear);
    doneCount -= frame.absorbed.size();
    state = frame.before;
    Move<S> by = frame.by;
    if (by != null && by.open) {
      used.clear(by.index);
    } else if (by != null) {
      done.clear(by.index);
      doneCount--;
    }
  }

  private List<Integer> absorb() {
    List<Integer> absorbed = new ArrayList<>();
    boolean again = true;
    while (again) {
      again = false;
      for (int index : candidates()) {
        Operation one = answered.get(index);
        if (reads(one) && model.step(state, one.words()).answer().equals(one.answer())) {
          done.set(index);
          absorbed.add(index);
          again = true;
        }
      }
    }
    doneCount += absorbed.size();
    return absorbed;
  }

  private boolean reads(Operation one) {
    return one.answer() != null && model.reads(one.words(), one.answer());
  }

  private void addAnswered(Frame<S> frame) {
    List<Integer> candidates = candidates();
    candidates.sort(Comparator.comparingLong(index -> answered.get(index).returnNanos()));
    for (int index : candidates) {
      Operation one = answered.get(index);
      Step<S> step = model.step(state, one.words());
      if (step.answer().equals(one.answer())
          && !(frame.fruitless() && step.equals(model.step(frame.before, one.words())))) {
        frame.moves.add(new Move<>(false, index, step.state()));
      }
    }
    if (best == null || doneCount > best.doneCount) {
      best = new Stuck<>(doneCount, state, candidates.stream().map(answered::get).toList());
    }
  }

  private void addOpen(Frame<S> frame) {
    long untilNanos = firstReturn();
    Set<List<String>> seen = new HashSet<>();
    for (int i = used.nextClearBit(0); i < open.size(); i = used.nextClearBit(i + 1)) {
      Operation one = open.get(i);
      if (one.callNanos() > untilNanos) {
        return;
      }
      if (seen.add(one.words())) {
        S after = model.step(state, one.words()).state();
        boolean same =
            frame.fruitless() && after.equals(model.step(frame.before, one.words()).state());
        if (!same && !after.equals(state)) {
          frame.moves.add(new Move<>(true, i, after));
        }
      }
    }
  }

  /// The answered operations of which one may be the next to happen.
  private List<Integer> candidates() {
    long untilNanos = firstReturn();
    List<Integer> candidates = new ArrayList<>();
    for (int i = done.nextClearBit(0); i < answered.size(); i = done.nextClearBit(i + 1)) {
      if (answered.get(i).callNanos() > untilNanos) {
        break;
      }
      candidates.add(i);
    }
    return candidates;
  }

  /// When the first of those that have not happened was answered.
  private long firstReturn() {
    long first = Operation.NEVER;
    for (int i = done.nextClearBit(0); i < answered.size(); i = done.nextClearBit(i + 1)) {
      Operation one = answered.get(i);
      if (one.callNanos() > first) {
        break;
      }
      first = Math.min(first, one.returnNanos());
    }
    return first;
  }

  private boolean isNew() {
    int first = done.nextClearBit(0);
    Place<S> place = new Place<>(first, done.get(first, answered.size()), state);
    List<BitSet> sets = visited.computeIfAbsent(place, _ -> new ArrayList<>());
    for (BitSet set : sets) {
      if (contains(used, set)) {
        return false;
      }
    }
    sets.add((BitSet) used.clone());
    return true;
  }

  private static boolean contains(BitSet all, BitSet some) {
    BitSet others = (BitSet) some.clone();
    others.andNot(all);
    return others.isEmpty();
  }

  private String where() {
    Stuck<S> stuck = best;
    if (stuck == null) {
      return "";
    }
    long originNanos = answered.getFirst().callNanos();
    StringBuilder text = new StringBuilder();
    text.append("the best order has ").append(stuck.doneCount).append(" of ");
    text.append(answered.size()).append(" answered operations, and leaves ");
    text.append(stuck.state).append("\nnext must be one of\n");
    stuck.waiting.forEach(one -> text.append(one.shown(originNanos)).append('\n'));
    return text.toString();
  }
}
