package io.karst.bench.faults;

/// The largest number that a member has told anybody, in the life that it has now.
///
/// Thread-safe.
final class Told {
  private int life;
  private long number;

  /// Notes what was told; returns the largest that was told before.
  ///
  /// - `asked`: the life in which it was asked.
  synchronized long raise(int asked, long told) {
    if (asked > life) {
      life = asked;
      number = 0;
    }
    if (asked < life) {
      return 0;
    }
    long before = number;
    number = Math.max(before, told);
    return before;
  }
}
