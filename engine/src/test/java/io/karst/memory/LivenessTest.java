package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.Invariant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Needs `-Dkarst.verify=true`, as every test has it.
class LivenessTest {
  private static final int HUGE = 1_000_000;

  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();

  @BeforeEach
  void verifies() {
    assertThat(Native.VERIFY).isTrue();
  }

  @AfterEach
  void close() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 61, 100, 5000, SizeClasses.LARGEST, HUGE})
  void theWholeBlockAndNothingElseMayBeAccessed(int size) {
    long address = magazine.allocate(size);
    assertThatCode(() -> Liveness.check(address, size)).doesNotThrowAnyException();
    assertThatCode(() -> Liveness.check(address + size - 1, 1)).doesNotThrowAnyException();
    assertViolated("access", () -> Native.getByte(address + size));
    assertViolated("access", () -> Liveness.check(address, size + 1L));
    assertViolated("access", () -> Liveness.check(address, Long.MAX_VALUE));
    assertViolated("access", () -> Liveness.check(address, -1));
    assertViolated("access", () -> Native.putByte(address - 1, (byte) 0));
    magazine.free(address, size);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47})
  void addressesOfNobodyAreRefused(long address) {
    assertViolated("access", () -> Native.getByte(address));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 96, 5000, HUGE})
  void anAccessAfterFreeIsFound(int size) {
    long address = magazine.allocate(size);
    magazine.free(address, size);
    assertViolated("access", () -> Native.getByte(address));
    assertViolated("access", () -> Native.putByte(address, (byte) 1));
    magazine.flush();
    assertViolated("access", () -> Native.getByte(address));
  }

  @Test
  void aWriteAfterFreeThatWentUnseenIsFoundLater() {
    long kept = magazine.allocate(96);
    long address = magazine.allocate(96);
    magazine.free(address, 96);
    Raw.putLong(address + 40, 0);
    assertViolated("written after free", () -> magazine.allocate(96));
    assertThat(Native.getByte(kept)).isEqualTo(Liveness.POISON);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 96, 5000, HUGE})
  void aSecondFreeIsFound(int size) {
    long address = magazine.allocate(size);
    magazine.free(address, size);
    assertViolated("freed", () -> magazine.free(address, size));
    assertThat(allocator.liveBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 97, 200, 50_000, HUGE})
  void aFreeOrResizeWithTheWrongSizeIsFound(int wrong) {
    long address = magazine.allocate(96);
    assertViolated("", () -> magazine.free(address, wrong));
    assertViolated("", () -> magazine.resize(address, wrong, wrong));
    assertThat(allocator.liveBytes()).isEqualTo(96);
    magazine.free(address, 96);
  }

  @Test
  void aFreeInsideABlockIsFound() {
    long address = magazine.allocate(96);
    assertViolated("not the address", () -> magazine.free(address + 8, 88));
    long huge = magazine.allocate(HUGE);
    assertViolated("freed", () -> magazine.free(huge + 4096, HUGE - 4096));
  }

  @Test
  void aResizeMovesTheBound() {
    long address = magazine.allocate(90);
    assertViolated("bounds", () -> Native.getByte(address + 90));
    assertThat(magazine.resize(address, 90, 96)).isTrue();
    Native.putByte(address + 95, (byte) 1);
    assertThat(magazine.resize(address, 96, 89)).isTrue();
    assertViolated("bounds", () -> Native.getByte(address + 89));
    assertThat(magazine.resize(address, 89, 96)).isTrue();
    assertThat(Native.getByte(address + 95)).isEqualTo(Liveness.POISON);
    magazine.free(address, 96);
  }

  @Test
  void smallBlocksAreHandedOutAsPoison() {
    long address = magazine.allocate(500);
    assertThat(Raw.isFilled(address, 500, Liveness.POISON)).isTrue();
  }

  @Test
  void aClosedAllocatorHasNoLiveBlocks() {
    long small = magazine.allocate(96);
    long huge = magazine.allocate(HUGE);
    allocator.close();
    assertViolated("access", () -> Native.getByte(small));
    assertViolated("access", () -> Native.getByte(huge));
  }

  @Test
  void aSecondFreeIsFoundWithoutVerifyingTooWhenTheBlockComesBack() {
    Chunks chunks = new Chunks(new Budget(Long.MAX_VALUE));
    Slab slab = chunks.cut(SlabLayout.of(SizeClasses.of(96)), Limit.KEPT);
    long[] block = new long[1];
    slab.take(block, 0, 1);
    slab.release(block[0]);
    assertViolated("freed twice", () -> slab.release(block[0]));
    assertViolated("not the address", () -> slab.release(block[0] + 1));
    assertViolated("not in a slab", () -> chunks.slabs().get(1));
    chunks.close();
  }

  private static void assertViolated(String what, ThrowingCallable access) {
    assertThatThrownBy(access).isInstanceOf(Invariant.Violation.class).hasMessageContaining(what);
  }
}
