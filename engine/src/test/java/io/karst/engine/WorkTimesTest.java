package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTimesTest {
  private final WorkTimes times = new WorkTimes();
  private final List<String> heard = new ArrayList<>();

  WorkTimesTest() {
    times.listen((work, nanos, count) -> heard.add(work + " " + nanos + " " + count));
  }

  @Test
  void workThatDidSomethingIsTold() {
    times.checkpoint(5, 3, false);
    times.eviction(6, 2);
    times.eviction(7, 0);
    times.expiry(8, 1);
    times.expiry(9, 0);
    assertThat(heard).containsExactly("CHECKPOINT 5 3", "EVICTION_CYCLE 6 2", "EXPIRE_CYCLE 8 1");
    assertThat(times.expiryNanos()).isEqualTo(17);
    times.reset();
    assertThat(times.expiryNanos()).isZero();
  }

  @Test
  void whatWasDoneIsInAFlightRecording(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("karst.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("karst.Checkpoint");
      recording.enable("karst.Eviction");
      recording.start();
      times.checkpoint(5_000_000, 3, true);
      times.eviction(6_000_000, 2);
      recording.stop();
      recording.dump(file);
    }
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getEventType().getName() + " " + event.getLong("keys"))
        .containsExactlyInAnyOrder("karst.Checkpoint 3", "karst.Eviction 2");
  }
}
