package io.karst.engine;

import java.util.Arrays;

/// The distinct slots a transaction locks, in ascending order.
///
/// Slots are added in any order, and sorted once. Reused; thread: its transaction's.
public final class SlotSet {
  private static final int INSERTION_SORT_MAX = 24;

  private int[] slots = new int[16];
  private int size;
  private boolean sorted = true;

  public void clear() {
    size = 0;
    sorted = true;
  }

  public void add(int slot) {
    if (size > 0) {
      int last = slots[size - 1];
      if (last == slot) {
        return;
      }
      sorted &= last < slot;
    }
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size * 2);
    }
    slots[size++] = slot;
  }

  /// The number of distinct slots.
  int size() {
    sort();
    return size;
  }

  /// The slot at `index`, in ascending order; after [#size].
  int at(int index) {
    return slots[index];
  }

  /// A copy of the distinct slots, in ascending order.
  int[] toArray() {
    return Arrays.copyOf(slots, size());
  }

  boolean contains(int slot) {
    sort();
    return Arrays.binarySearch(slots, 0, size, slot) >= 0;
  }

  private void sort() {
    if (sorted) {
      return;
    }
    if (size <= INSERTION_SORT_MAX) {
      insertionSort();
    } else {
      Arrays.sort(slots, 0, size);
    }
    int distinct = 1;
    for (int i = 1; i < size; i++) {
      if (slots[i] != slots[distinct - 1]) {
        slots[distinct++] = slots[i];
      }
    }
    size = distinct;
    sorted = true;
  }

  private void insertionSort() {
    for (int i = 1; i < size; i++) {
      int slot = slots[i];
      int j = i - 1;
      for (; j >= 0 && slots[j] > slot; j--) {
        slots[j + 1] = slots[j];
      }
      slots[j + 1] = slot;
    }
  }
}
