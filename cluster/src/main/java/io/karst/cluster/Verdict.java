package io.karst.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.ratis.server.protocol.TermIndex;

/// What a voter says when it is asked whether the leader is gone.
///
/// - `lost`: it does not reach the leader of that term either.
/// - `lastTerm`, `lastIndex`: of the last entry of its log.
///
/// ```
/// question   group (16), term (8), id of the leader
/// answer     lost (1), lastTerm (8), lastIndex (8), id of who answers
/// ```
record Verdict(boolean lost, long lastTerm, long lastIndex, String id) {
  private static final int ANSWER_SIZE = 1 + 2 * Long.BYTES;

  static Verdict of(boolean lost, TermIndex last, String id) {
    return new Verdict(lost, last.getTerm(), last.getIndex(), id);
  }

  /// Whether its log has more than the other's; of two that are as long one has.
  boolean isAhead(Verdict other) {
    int order = Long.compare(lastTerm, other.lastTerm);
    if (order == 0) {
      order = Long.compare(lastIndex, other.lastIndex);
    }
    return order == 0 ? id.compareTo(other.id) > 0 : order > 0;
  }

  byte[] encode() {
    byte[] name = id.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(ANSWER_SIZE + name.length)
        .put((byte) (lost ? 1 : 0))
        .putLong(lastTerm)
        .putLong(lastIndex)
        .put(name)
        .array();
  }

  /// What cannot be read agrees to nothing.
  static Verdict decode(byte[] answer) {
    if (answer.length < ANSWER_SIZE) {
      return new Verdict(false, 0, 0, "");
    }
    ByteBuffer buffer = ByteBuffer.wrap(answer);
    boolean lost = buffer.get() == 1;
    return new Verdict(lost, buffer.getLong(), buffer.getLong(), text(buffer));
  }

  static byte[] question(byte[] group, long term, String leader) {
    byte[] name = leader.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(group.length + Long.BYTES + name.length)
        .put(group)
        .putLong(term)
        .put(name)
        .array();
  }

  private static String text(ByteBuffer rest) {
    return StandardCharsets.US_ASCII.decode(rest).toString();
  }
}
