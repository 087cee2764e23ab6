package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCallStreamObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final byte[] NONCE = new byte[16];
  private static final int SIZE = 1 << 20;

  private final Line line = new Line(new Secret("s"), "c1");
  private final Stream stream = new Stream();

  /// A network that takes what a test lets it take.
  private static final class Stream extends ClientCallStreamObserver<byte[]> {
    final List<byte[]> taken = new ArrayList<>();
    private Runnable readyHandler = () -> {};
    boolean ready;
    boolean cancelled;

    void ready(boolean on) {
      ready = on;
      readyHandler.run();
    }

    @Override
    public void onNext(byte[] message) {
      taken.add(message);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      readyHandler = handler;
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      cancelled = true;
    }

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  private void open() {
    line.beforeStart(stream);
    line.onNext(NONCE);
    assertThat(stream.taken).containsExactly(Line.answer(new Secret("s"), NONCE, "c1"));
    stream.taken.clear();
  }

  @Test
  void nothingIsTakenBeforeItIsOpen() {
    assertThat(line.offer(new byte[1])).isFalse();
    line.beforeStart(stream);
    stream.ready(true);
    assertThat(line.offer(new byte[1])).isFalse();
    assertThat(stream.taken).isEmpty();
  }

  @Test
  void whatTheNetworkDoesNotTakeWaitsUpToALimit() {
    open();
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < Line.WAITING_MAX / SIZE; i++) {
      messages.add(new byte[SIZE]);
      assertThat(line.offer(messages.getLast())).isTrue();
    }
    assertThat(line.offer(new byte[1])).isFalse();
    assertThat(stream.taken).isEmpty();
    stream.ready(true);
    assertThat(stream.taken).containsExactlyElementsOf(messages);
    assertThat(line.offer(new byte[Line.WAITING_MAX + 1])).isFalse();
    assertThat(line.offer(new byte[Line.WAITING_MAX])).isTrue();
  }

  @Test
  void whatWaitsIsForgottenWhenItEnds() {
    open();
    assertThat(line.offer(new byte[SIZE])).isTrue();
    line.onError(new IllegalStateException("gone"));
    assertThat(line.hasEnded()).isTrue();
    stream.ready(true);
    assertThat(stream.taken).isEmpty();
    assertThat(line.offer(new byte[1])).isFalse();
    line.end();
    assertThat(stream.cancelled).isFalse();
  }

  @Test
  void whoEndsItTellsTheOther() {
    open();
    line.end();
    assertThat(stream.cancelled).isTrue();
    assertThat(line.hasEnded()).isTrue();
  }
}
