package io.karst.engine;

import java.util.List;
import java.util.TreeSet;

/// What the store is compared with.
final class ModelledTypes extends ModelledClients<WaitingTypes.Want> implements WaitingTypes {
  private final List<TreeSet<Integer>> sets = List.of(new TreeSet<>(), new TreeSet<>());
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
    for (Waiting<Want> waiting : List.copyOf(queue)) {
      int value = done(waiting.want());
      if (value != NONE) {
        answered(waiting, value);
      }
    }
  }

  @Override
  int done(Want want) {
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

  @Override
  Want settled(Want want) {
    boolean last = want.sets().isEmpty() && want.behind() == NONE;
    return last ? new Want(List.of(), entries) : want;
  }
}
