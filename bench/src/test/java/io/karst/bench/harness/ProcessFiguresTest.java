package io.karst.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
  private static final String REST =
      " S 1 2 3 4 5 6 7 8 9 10 123 45 6 7 20 0 5 0 1634 60000000 3000 18446744073709551615\n";

  @Test
  void addsUserAndSystemTime() {
    assertThat(ProcessFigures.cpuMicros("42 (redis-server)" + REST)).isEqualTo(1_680_000);
  }

  @Test
  void isNotMisledByTheNameOfTheProgram() {
    assertThat(ProcessFigures.cpuMicros("42 (a) 7 (b c)" + REST)).isEqualTo(1_680_000);
  }

  @Test
  void addsTheTimesOfEndedChildren() {
    assertThat(ProcessFigures.childrenCpuMicros("42 (java)" + REST)).isEqualTo(130_000);
  }

  @Test
  void findsTheResidentSet() {
    String status = "Name:\tjava\nVmHWM:\t  300 kB\nVmRSS:\t   12345 kB\nRssAnon:\t 1 kB\n";
    assertThat(ProcessFigures.residentBytes(status)).isEqualTo(12_345L * 1024);
  }

  @Test
  void saysThatAZombieHasNoResidentSet() {
    assertThatThrownBy(() -> ProcessFigures.residentBytes("Name:\tjava\nState:\tZ (zombie)\n"))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("VmRSS");
  }

  @Test
  void findsTheShareOfPagesThatSeveralHave() {
    String rollup =
        "55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss:  900 kB\nPss:  450 kB\nPss_Dirty: 1 kB\n";
    assertThat(ProcessFigures.bytes("Pss:", rollup)).isEqualTo(450L * 1024);
  }

  @Test
  void aProcessThatHasEndedHasNothing() {
    assertThat(ProcessFigures.proportionalBytes(Long.MAX_VALUE)).isZero();
    assertThat(ProcessFigures.cpuMicrosIfAlive(Long.MAX_VALUE)).isZero();
  }
}
