package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cluster.Outbox.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int SMALL = 10;
  private static final int HALF = EntryFormat.FRAMES_SIZE_MAX / 2 + 1;

  private final Outbox outbox = new Outbox();

  @BeforeEach
  void open() {
    outbox.restart(0);
    outbox.open();
  }

  private void append(int size) {
    outbox.append(new byte[size], size, true);
  }

  private Batch take() {
    Batch batch = outbox.take(OutboxTest::ignored);
    assertThat(batch).isNotNull();
    return batch;
  }

  private static void ignored() {
    // Nothing comes for a moment.
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private Batch oneOnItsWay() {
    append(SMALL);
    return take();
  }

  @Test
  void whoIsAloneDoesNotWait() {
    assertThat(oneOnItsWay().size()).isEqualTo(SMALL);
  }

  @Test
  void whatComesWhileOneIsOnItsWayGoesTogether() {
    Batch before = oneOnItsWay();
    append(SMALL);
    append(SMALL);
    outbox.arrived(before);
    assertThat(take().size()).isEqualTo(2 * SMALL);
  }

  @Test
  void whatIsNotFullWaitsForCompanyButNotForever() {
    oneOnItsWay();
    append(SMALL);
    long begin = System.nanoTime();
    assertThat(take().size()).isEqualTo(SMALL);
    assertThat(System.nanoTime() - begin).isGreaterThan(Outbox.COMPANY_NANOS_MAX / 2);
  }

  @Test
  void whatIsFullDoesNotWaitForCompany() {
    oneOnItsWay();
    append(HALF);
    append(HALF);
    assertThat(take().size()).isEqualTo(HALF);
  }

  @Test
  void whatIsFullWaitsWhileManyAreOnTheirWay() {
    List<Batch> before = new ArrayList<>();
    while (before.size() < Outbox.IN_FLIGHT_MAX) {
      append(EntryFormat.FRAMES_SIZE_MAX + 1);
      before.add(take());
    }
    append(SMALL);
    append(EntryFormat.FRAMES_SIZE_MAX + 1);
    CompletableFuture<Batch> next = CompletableFuture.supplyAsync(this::take);
    append(SMALL);
    assertThat(next).isNotDone();
    outbox.arrived(before.getFirst());
    assertThat(next.join().size()).isEqualTo(SMALL);
  }

  @Test
  void partsGoWhileFullBatchesMay() {
    append(2 * EntryFormat.PART_SIZE_MAX);
    Batch batch = take();
    for (int i = 1; i < Outbox.IN_FLIGHT_MAX; i++) {
      assertThat(outbox.another()).isTrue();
    }
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(outbox::another);
    outbox.arrived(batch);
    assertThat(next.join()).isTrue();
  }

  @Test
  void whatArrivesOfAnEarlierReignDoesNotCount() {
    Batch before = oneOnItsWay();
    outbox.close();
    outbox.restart(0);
    outbox.open();
    for (int i = 0; i < Outbox.IN_FLIGHT_MAX; i++) {
      append(EntryFormat.FRAMES_SIZE_MAX + 1);
      assertThat(take().size()).isGreaterThan(SMALL);
    }
    outbox.arrived(before);
    append(SMALL);
    CompletableFuture<Batch> next = CompletableFuture.supplyAsync(this::take);
    assertThat(next).isNotDone();
    outbox.close();
    assertThat(next).failsWithin(Duration.ofSeconds(60));
  }

  @Test
  void whoWaitsIsToldOnceWhenNothingComes() {
    append(SMALL);
    outbox.arrived(take());
    CountDownLatch told = new CountDownLatch(1);
    AtomicInteger count = new AtomicInteger();
    CompletableFuture<Batch> next =
        CompletableFuture.supplyAsync(() ->
            outbox.take(() -> {
              count.incrementAndGet();
              told.countDown();
            }));
    assertThat(awaited(told)).isTrue();
    append(SMALL);
    assertThat(next.join().size()).isEqualTo(SMALL);
    assertThat(count).hasValue(1);
  }

  @Test
  void whoWaitsIsToldOfTheEnd() {
    oneOnItsWay();
    CompletableFuture<Boolean> next =
        CompletableFuture.supplyAsync(() -> outbox.take(OutboxTest::ignored) == null);
    append(SMALL);
    outbox.close();
    assertThat(next.join()).isTrue();
    assertThat(outbox.another()).isFalse();
  }
}
