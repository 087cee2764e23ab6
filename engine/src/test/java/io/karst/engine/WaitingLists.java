package io.karst.engine;

import java.util.List;

/// Two lists, and clients that wait for their elements: what the store and a model of it can do.
interface WaitingLists extends WaitingClients<WaitingLists.Want> {
  /// What a client waits for: an element of the first of some lists that has any, perhaps to append
  /// it to the second list.
  record Want(List<Integer> keys, boolean moves) {
    static final List<Want> ALL =
        List.of(of(0), of(1), of(0, 1), of(1, 0), new Want(List.of(0), true));

    private static Want of(Integer... keys) {
      return new Want(List.of(keys), false);
    }
  }

  /// Appends an element; how many there were then.
  int push(int key, int value);

  /// The first element, which goes, or [#NONE].
  int pop(int key);

  int size(int key);
}
