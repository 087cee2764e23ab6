package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.engine.Replica.Frame;
import io.karst.history.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

/// Which entries of the Raft log count.
class HistoryTest {
  private static final long TERM = 3;

  private final History history = new History(100);
  private final List<Frame> frames = new ArrayList<>();

  @Test
  void framesThatBeginWhereTheHistoryEndsCount() {
    byte[] one = frame("a", "1");
    byte[] two = frame("b", "2");
    assertThat(take(TERM, TERM, 100, one, two)).isTrue();
    assertThat(history.lsn()).isEqualTo(100 + one.length + two.length);
    assertThat(frames).extracting(Frame::lsn).containsExactly(100L, 100L + one.length);
    assertThat(frames).extracting(Frame::endLsn).last().isEqualTo(history.lsn());
    Effect.Set set = (Effect.Set) frames.getLast().effects().getFirst();
    assertThat(set.key().utf8()).isEqualTo("b");
    assertThat(set.value().utf8()).isEqualTo("2");
  }

  @Test
  void whatWasProposedInAnotherTermIsPassedBy() {
    assertThat(take(TERM + 1, TERM, 100, frame("a", "1"))).isFalse();
    assertThat(history.lsn()).isEqualTo(100);
    assertThat(frames).isEmpty();
  }

  @Test
  void whatBeginsElsewhereIsPassedBy() {
    assertThat(take(TERM, TERM, 99, frame("a", "1"))).isFalse();
    assertThat(take(TERM, TERM, 108, frame("a", "1"))).isFalse();
    assertThat(frames).isEmpty();
  }

  @Test
  void framesThatAreKnownAreLeftOut() {
    byte[] one = frame("a", "1");
    byte[] two = frame("b", "2");
    ByteString entry = entry(TERM, 100, one, two);
    history.take(TERM, EntryHeader.of(entry), entry, 100 + one.length, frames);
    assertThat(frames).extracting(Frame::lsn).containsExactly(100L + one.length);
  }

  @Test
  void aFrameInPartsCountsWithItsLast() {
    byte[] frame = frame("a", "x".repeat(1000));
    assertThat(part(TERM, frame, 0, 400)).isFalse();
    assertThat(part(TERM, frame, 400, 800)).isFalse();
    assertThat(frames).isEmpty();
    assertThat(part(TERM, frame, 800, frame.length)).isTrue();
    assertThat(frames).hasSize(1);
    assertThat(history.lsn()).isEqualTo(100 + frame.length);
  }

  @Test
  void partsThatDoNotGoOnArePassedBy() {
    byte[] frame = frame("a", "x".repeat(1000));
    part(TERM, frame, 0, 400);
    assertThat(part(TERM, frame, 500, frame.length)).isFalse();
    assertThat(part(TERM, frame, 400, frame.length)).isTrue();
  }

  @Test
  void anotherLeaderMakesPartsVoid() {
    byte[] frame = frame("a", "x".repeat(1000));
    part(TERM, frame, 0, 400);
    byte[] other = frame("b", "2");
    assertThat(take(TERM + 1, TERM + 1, 100, other)).isTrue();
    assertThat(part(TERM, frame, 400, frame.length)).isFalse();
    assertThat(history.lsn()).isEqualTo(100 + other.length);
    assertThat(frames).hasSize(1);
  }

  @Test
  void partsThatBeginAgainCount() {
    byte[] frame = frame("a", "x".repeat(1000));
    part(TERM, frame, 0, 400);
    part(TERM, frame, 0, 700);
    assertThat(part(TERM, frame, 700, frame.length)).isTrue();
  }

  @Test
  void aLeaderTakesItsOwnAsOthersDo() {
    byte[] one = frame("a", "1");
    ByteString entry = entry(TERM, 100, one);
    assertThat(history.takeOwn(TERM, EntryHeader.of(entry))).isTrue();
    assertThat(history.takeOwn(TERM, EntryHeader.of(entry))).isFalse();
    byte[] frame = frame("b", "x".repeat(1000));
    long lsn = history.lsn();
    ByteString first = EntryHeader.part(TERM, lsn, frame, 0, 400);
    ByteString second = EntryHeader.part(TERM, lsn, frame, 400, frame.length);
    assertThat(history.takeOwn(TERM, EntryHeader.of(first))).isFalse();
    assertThat(history.takeOwn(TERM, EntryHeader.of(second))).isTrue();
    assertThat(history.lsn()).isEqualTo(lsn + frame.length);
  }

  private boolean take(long term, long proposedIn, long lsn, byte[]... of) {
    ByteString entry = entry(proposedIn, lsn, of);
    return history.take(term, EntryHeader.of(entry), entry, 0, frames);
  }

  private boolean part(long term, byte[] frame, int from, int to) {
    ByteString entry = EntryHeader.part(term, 100, frame, from, to);
    return history.take(term, EntryHeader.of(entry), entry, 0, frames);
  }

  private static ByteString entry(long term, long lsn, byte[]... of) {
    ByteString body = ByteString.EMPTY;
    for (byte[] frame : of) {
      body = body.concat(ByteString.copyFrom(frame));
    }
    return EntryHeader.frames(term, lsn, body);
  }

  private static byte[] frame(String key, String value) {
    FrameBuffer buffer = new FrameBuffer();
    buffer.fill(List.of(new Effect.Set(0, Bytes.utf8(key), Bytes.utf8(value), 0)));
    return Arrays.copyOf(buffer.bytes(), buffer.size());
  }
}
