package io.karst.bench.history;

import io.karst.bench.history.Model.Step;
import java.util.ArrayList;
import java.util.List;

/// Whether a short history is linearizable, by trying all orders: slow, and too simple to be wrong.
record BruteForce<S>(Model<S> model) {
  boolean linearizable(List<Operation> history) {
    return anyOrder(model.initial(), history);
  }

  private boolean anyOrder(S state, List<Operation> rest) {
    if (rest.stream().allMatch(Operation::isOpen)) {
      return true;
    }
    for (Operation next : rest) {
      if (rest.stream().anyMatch(other -> other.returnNanos() < next.callNanos())) {
        continue;
      }
      Step<S> step = model.step(state, next.words());
      boolean right =
          next.answer() == null
              || step.answer().equals(model.canonical(next.words(), next.answer()));
      if (right) {
        List<Operation> others = new ArrayList<>(rest);
        others.remove(next);
        if (anyOrder(step.state(), others)) {
          return true;
        }
      }
    }
    return false;
  }
}
