package io.karst.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What the store is compared with.
final class ModelledTypes implements WaitingTypes {
  private record Waiting(int client, Want want) {}

  private final List<TreeSet<Integer>> sets = List.of(new TreeSet<>(), new TreeSet<>());
  private final List<Waiting> queue = new ArrayList<>();
  private final int[] answers = {NONE, NONE};
  private int entries;

  @Override
  public int add(int set, int number) {
    sets.get(set).add(number);
    int size = sets.get(set).size();
    serve();
    return size;
  }

  @Override
  public int pop(int set) {
    Integer lowest = sets.get(set).pollFirst();
    return lowest == null ? NONE : lowest;
  }

  @Override
  public int append() {
    entries++;
    serve();
    return entries;
  }

  private void serve() {
    for (Waiting waiting : List.copyOf(queue)) {
      int value = done(waiting.want);
      if (value != NONE) {
        queue.remove(waiting);
        answers[waiting.client] = value;
      }
    }
  }

  private int done(Want want) {
    if (want.sets().isEmpty()) {
      return entries > want.behind() ? want.behind() + 1 : NONE;
    }
    for (int set : want.sets()) {
      int value = pop(set);
      if (value != NONE) {
        return value;
      }
    }
    return NONE;
  }

  private boolean isWaiting(int client) {
    return queue.stream().anyMatch(waiting -> waiting.client == client);
  }

  @Override
  public int begin(int client, Want want) {
    if (answers[client] != NONE || isWaiting(client)) {
      return WAITING;
    }
    boolean last = want.sets().isEmpty() && want.behind() == NONE;
    Want settled = last ? new Want(List.of(), entries) : want;
    int value = done(settled);
    if (value != NONE) {
      return value;
    }
    queue.add(new Waiting(client, settled));
    return WAITING;
  }

  @Override
  public int answer(int client) {
    int value = answers[client];
    answers[client] = NONE;
    return value != NONE ? value : isWaiting(client) ? WAITING : NONE;
  }

  @Override
  public int leave(int client) {
    return queue.removeIf(waiting -> waiting.client == client) ? LEFT : answer(client);
  }
}
