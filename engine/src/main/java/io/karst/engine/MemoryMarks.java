package io.karst.engine;

/// Up to where memory may fill, in bytes of blocks in use.
///
/// Between `limit` and what is in use there has to be some room, as a free block of one size is of
/// no use to another: the *headroom*, of which the sizes whose share grows take new slabs. Evicting
/// begins in the background above `low`, by those who write above `high`; the higher, the more.
///
/// - `limit`: what is taken from the operating system does not pass this, but for what has to be
///   possible all the same ([Overdraft]) and for the rest of a command that has begun a change.
/// - `headroom`: from `low` to `limit`.
record MemoryMarks(long limit, long headroom) {
  /// What a slab takes at least.
  private static final long MEMORY_MIN = 64 << 10;

  private static final int SHARE_SHIFT = 5;
  private static final int SHARE_MAX_SHIFT = 2;
  private static final long HEADROOM_MIN = 1 << 20;
  private static final long HEADROOM_MAX = 512 << 20;

  static MemoryMarks of(long limit) {
    long share = Math.clamp(limit >>> SHARE_SHIFT, HEADROOM_MIN, HEADROOM_MAX);
    return new MemoryMarks(limit, Math.min(share, limit >>> SHARE_MAX_SHIFT));
  }

  /// Above this nothing more can be had at all.
  long refusal() {
    return limit < MEMORY_MIN ? -1 : limit;
  }

  long low() {
    return limit - headroom;
  }

  long high() {
    return limit - headroom / 2;
  }

  /// Where `used` stands between [#high] and the limit, 0 to 1.
  double pressure(long used) {
    long span = Math.max(1, limit - high());
    return Math.clamp((double) (used - high()) / span, 0, 1);
  }
}
