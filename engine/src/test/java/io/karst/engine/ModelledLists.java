package io.karst.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What the store is compared with.
final class ModelledLists extends ModelledClients<WaitingLists.Want> implements WaitingLists {
  private final List<Deque<Integer>> lists = List.of(new ArrayDeque<>(), new ArrayDeque<>());

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
      Waiting<Want> waiting = queue.get(i);
      if (!waits(waiting.want(), key)) {
        i++;
        continue;
      }
      answered(waiting, done(waiting.want()));
      if (waiting.want().moves()) {
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

  @Override
  int done(Want want) {
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

  @Override
  public int begin(int client, Want want) {
    int value = super.begin(client, want);
    if (value >= 0 && want.moves()) {
      serve(1);
    }
    return value;
  }
}
