package io.karst.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What the store is compared with.
final class ModelledLists implements WaitingLists {
  private record Waiting(int client, Want want) {}

  private final List<Deque<Integer>> lists = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final List<Waiting> queue = new ArrayList<>();
  private final int[] answers = {NONE, NONE};

  @Override
  public int push(int key, int value) {
    lists.get(key).addLast(value);
    int size = lists.get(key).size();
    serve(key);
    return size;
  }

  @Override
  public int pop(int key) {
    Integer value = lists.get(key).pollFirst();
    return value == null ? NONE : value;
  }

  @Override
  public int size(int key) {
    return lists.get(key).size();
  }

  private void serve(int key) {
    for (int i = 0; i < queue.size() && !lists.get(key).isEmpty(); ) {
      Waiting waiting = queue.get(i);
      if (!waits(waiting.want, key)) {
        i++;
        continue;
      }
      queue.remove(i);
      answers[waiting.client] = done(waiting.want);
      if (waiting.want.moves()) {
        serve(0); // Those behind it come before those who wait for what it has moved.
        serve(1);
      }
    }
  }

  private static boolean waits(Want want, int key) {
    for (int each : want.keys()) {
      if (each == key) {
        return true;
      }
    }
    return false;
  }

  private int done(Want want) {
    for (int key : want.keys()) {
      int value = pop(key);
      if (value != NONE) {
        if (want.moves()) {
          lists.get(1).addLast(value);
        }
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
    int value = done(want);
    if (value == NONE) {
      queue.add(new Waiting(client, want));
      return WAITING;
    }
    if (want.moves()) {
      serve(1);
    }
    return value;
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
