package io.karst.value;

/// How large a small list, and a node of a large one, may become: what Redis's
/// `list-max-listpack-size` says.
///
/// - `sizeMax`: bytes of the packed list.
/// - `countMax`: elements.
public record NodeLimit(int sizeMax, int countMax) {
  /// The directive's value that stands for eight kilobytes.
  public static final int DEFAULT = -2;

  private static final int SMALLEST = 4 << 10;
  private static final int SETTING_MIN = -5;

  /// What a node that is bounded by a number of elements may take.
  private static final int SIZE_SAFE = 8 << 10;

  private static final int NODE_HEADER_MAX = 16;

  /// - `setting`: a number of elements; or -1 to -5, which stand for 4, 8, 16, 32 and 64 kilobytes.
  ///   0 is as 1, and what is lower than -5 is as -5.
  public static NodeLimit of(int setting) {
    if (setting >= 0) {
      return new NodeLimit(SIZE_SAFE, Math.max(1, setting));
    }
    int step = -1 - Math.max(setting, SETTING_MIN);
    return new NodeLimit(SMALLEST << step, Integer.MAX_VALUE);
  }

  /// Whether so many bytes, and elements, may be one node among others: with the header of its
  /// record it takes no larger block than its size says.
  public boolean fitsNode(long size, long count) {
    return fits(size + NODE_HEADER_MAX, count);
  }

  /// Whether so many bytes, and elements, may be a list that is one packed list.
  public boolean fits(long size, long count) {
    return size <= sizeMax && count <= countMax;
  }

  /// Half of it: a large list that has become so small is packed again, so that one that changes
  /// about the limit does not change its form all the time.
  public NodeLimit half() {
    return countMax == Integer.MAX_VALUE
        ? new NodeLimit(sizeMax / 2, countMax)
        : new NodeLimit(sizeMax, countMax / 2);
  }
}
