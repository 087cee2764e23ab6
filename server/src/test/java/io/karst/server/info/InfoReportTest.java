package io.karst.server.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.server.operations.Harness;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InfoReportTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sectionsComeInRedisOrder() {
    List<String> ordinary =
        List.of(
            "# Server",
            "# Clients",
            "# Memory",
            "# Persistence",
            "# Stats",
            "# Replication",
            "# CPU",
            "# Errorstats",
            "# Cluster",
            "# Keyspace");
    assertThat(titles(Set.of())).isEqualTo(ordinary);
    assertThat(titles(Set.of("default"))).isEqualTo(ordinary);
    assertThat(titles(Set.of("all"))).contains("# Commandstats").doesNotContain("# Modules");
    assertThat(titles(Set.of("everything"))).contains("# Commandstats", "# Modules");
    assertThat(titles(Set.of("cpu", "memory"))).containsExactly("# Memory", "# CPU");
  }

  @Test
  void everyLineIsATitleOrAField() {
    assertThat(InfoReport.of(server.server(), Set.of("everything")).lines())
        .allMatch(line -> line.matches("|# [A-Z][A-Za-z]+|[a-z0-9_]+:.*"));
  }

  @Test
  void numbersAreReadableByPeople() {
    assertThat(InfoText.human(0)).isEqualTo("0B");
    assertThat(InfoText.human(1023)).isEqualTo("1023B");
    assertThat(InfoText.human(1014920)).isEqualTo("991.13K");
    assertThat(InfoText.human(25276502016L)).isEqualTo("23.54G");
    assertThat(InfoText.human(Long.MAX_VALUE)).isEqualTo("8.00E");
  }

  @Test
  void memoryNumbersAgreeWithEachOther() {
    MemoryNumbers memory = MemoryNumbers.of(server.server());
    assertThat(memory.live()).isLessThanOrEqualTo(memory.used());
    assertThat(memory.used()).isLessThanOrEqualTo(memory.peak());
    assertThat(memory.machine()).isPositive();
  }

  @Test
  void theDoctorSeesAFullAndAnEmptyStore() {
    MemoryNumbers.Heap heap = new MemoryNumbers.Heap(1, 1, 1 << 20);
    long mb = 1 << 20;
    assertThat(
            MemoryDiagnosis.of(
                new MemoryNumbers(95 * mb, 90 * mb, 95 * mb, 0, 0, 100 * mb, 1000 * mb, heap)))
        .contains("The limit is near");
    assertThat(
            MemoryDiagnosis.of(
                new MemoryNumbers(50 * mb, 10 * mb, 95 * mb, 0, 0, 100 * mb, 100 * mb, heap)))
        .contains("holds no data", "at the peak", "more than the machine has");
    assertThat(
            MemoryDiagnosis.of(
                new MemoryNumbers(50 * mb, 49 * mb, 51 * mb, 0, 0, 100 * mb, 1000 * mb, heap)))
        .isEqualTo("No memory problem is in sight.");
  }

  private List<String> titles(Set<String> names) {
    return InfoReport.of(server.server(), names)
        .lines()
        .filter(line -> line.startsWith("# "))
        .toList();
  }
}
