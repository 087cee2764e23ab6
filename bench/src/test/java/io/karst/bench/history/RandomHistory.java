package io.karst.bench.history;

import io.karst.bench.harness.Answer;
import io.karst.bench.history.Model.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/// Histories that are linearizable, as every operation happens at one moment between its request
/// and its answer; or never, or much later, if it is not answered.
///
/// - `command`: one at random; the number is another each time.
record RandomHistory<S>(
    Model<S> model, BiFunction<RandomGenerator, Integer, List<String>> command) {

  private record Plan(int client, List<String> words, long call, long point, long end) {}

  /// - `openPercent`: how many of the operations are not answered.
  List<Operation> make(RandomGenerator random, int clients, int each, int openPercent) {
    List<Plan> plans = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      long at = random.nextLong(20);
      for (int i = 0; i < each; i++) {
        List<String> words = command.apply(random, plans.size());
        boolean open = random.nextInt(100) < openPercent;
        long point = at + random.nextLong(20) + (open ? random.nextLong(200) : 0);
        long end = open ? Operation.NEVER : point + random.nextLong(20);
        plans.add(new Plan(client, words, at, point, end));
        at = (open ? at + random.nextLong(30) : end) + 1 + random.nextLong(5);
      }
    }
    return run(plans, random);
  }

  private List<Operation> run(List<Plan> plans, RandomGenerator random) {
    plans.sort(Comparator.comparingLong(Plan::point));
    List<Operation> history = new ArrayList<>();
    S state = model.initial();
    for (Plan plan : plans) {
      if (plan.end == Operation.NEVER) {
        if (random.nextBoolean()) {
          state = model.step(state, plan.words).state();
        }
        history.add(Operation.open(plan.client, plan.words, plan.call));
      } else {
        Step<S> step = model.step(state, plan.words);
        state = step.state();
        history.add(new Operation(plan.client, plan.words, step.answer(), plan.call, plan.end));
      }
    }
    return history;
  }

  /// Gives one operation the answer of another of the same command; the history may be linearizable
  /// all the same.
  static List<Operation> mutated(List<Operation> history, RandomGenerator random) {
    List<Operation> answered = history.stream().filter(one -> !one.isOpen()).toList();
    Operation one = answered.get(random.nextInt(answered.size()));
    List<Answer> answers =
        answered.stream()
            .filter(other -> other.words().getFirst().equals(one.words().getFirst()))
            .map(Operation::answer)
            .toList();
    List<Operation> mutated = new ArrayList<>(history);
    mutated.set(
        mutated.indexOf(one),
        new Operation(
            one.client(),
            one.words(),
            answers.get(random.nextInt(answers.size())),
            one.callNanos(),
            one.returnNanos()));
    return mutated;
  }
}
