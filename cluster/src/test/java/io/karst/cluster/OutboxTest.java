package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.cluster.Outbox.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    Batch batch = outbox.take();
    assertThat(batch).isNotNull();
    return batch;
  }

  /// As many batches that are not full as may be on their way.
  private List<Batch> someOnTheirWay() {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < Outbox.PARTLY_FILLED_MAX; i++) {
      append(SMALL);
      batches.add(take());
    }
    return batches;
  }

  @Test
  void nobodyWaitsForCompanyWhileFewAreOnTheirWay() {
    assertThat(someOnTheirWay()).extracting(Batch::size).containsOnly(SMALL);
  }

  @Test
  void whatComesWhileSomeAreOnTheirWayGoesTogether() {
    List<Batch> before = someOnTheirWay();
    CompletableFuture<Batch> next = CompletableFuture.supplyAsync(this::take);
    append(SMALL);
    append(SMALL);
    append(SMALL);
    outbox.arrived(before.getFirst());
    assertThat(next.join().size()).isEqualTo(3 * SMALL);
  }

  @Test
  void whatIsFullDoesNotWaitForCompany() {
    someOnTheirWay();
    append(HALF);
    append(HALF);
    assertThat(take().size()).isEqualTo(HALF);
  }

  @Test
  void whatIsFullWaitsWhileManyAreOnTheirWay() {
    List<Batch> before = someOnTheirWay();
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
    List<Batch> before = someOnTheirWay();
    outbox.close();
    outbox.restart(0);
    outbox.open();
    List<Batch> now = someOnTheirWay();
    before.forEach(outbox::arrived);
    CompletableFuture<Batch> next = CompletableFuture.supplyAsync(this::take);
    append(SMALL);
    append(SMALL);
    outbox.arrived(now.getFirst());
    assertThat(next.join().size()).isEqualTo(2 * SMALL);
  }

  @Test
  void whoWaitsIsToldOfTheEnd() {
    someOnTheirWay();
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> outbox.take() == null);
    append(SMALL);
    outbox.close();
    assertThat(next.join()).isTrue();
    assertThat(outbox.another()).isFalse();
  }
}
