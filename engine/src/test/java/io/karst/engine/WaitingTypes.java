package io.karst.engine;

import java.util.List;

/// Two sorted sets of numbers and a stream, and clients that wait for them: what the store and a
/// model of it can do.
interface WaitingTypes extends WaitingClients<WaitingTypes.Want> {
  /// What a client waits for.
  ///
  /// - `sets`: the lowest number of the first of these that has any, which goes; if there are none,
  ///   an entry of the stream.
  /// - `behind`: behind which entry; NONE for the last there is when it begins.
  record Want(List<Integer> sets, int behind) {
    static final List<Want> ALL =
        List.of(of(0), of(1), of(0, 1), of(1, 0), entry(NONE), entry(0), entry(1));

    private static Want of(Integer... sets) {
      return new Want(List.of(sets), NONE);
    }

    private static Want entry(int behind) {
      return new Want(List.of(), behind);
    }
  }

  /// Adds a number to a set; how many there were then.
  int add(int set, int number);

  /// The lowest number of a set, which goes, or [#NONE].
  int pop(int set);

  /// Adds an entry to the stream; its number, from 1 on.
  int append();
}
