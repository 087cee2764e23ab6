package io.karst.base;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What all directories of a [FaultyDisk] share: power, space, chance. Thread-safe.
final class FaultyMachine {
  private final SplittableRandom random;

  /// Every file there ever was: what a process that was cut off has mapped is not given to another.
  private final List<FaultyFile> files = new ArrayList<>();

  private long steps;
  private long cutAtStep = Long.MAX_VALUE;
  private long capacity = Long.MAX_VALUE;
  private long used;
  private @Nullable String syncFailure;

  FaultyMachine(long seed) {
    random = new SplittableRandom(seed);
  }

  /// The same after a restart: everything works, and luck goes on.
  synchronized FaultyMachine restarted() {
    FaultyMachine machine = new FaultyMachine(random.nextLong());
    machine.capacity = capacity;
    return machine;
  }

  synchronized void made(FaultyFile file) {
    files.add(file);
  }

  synchronized long steps() {
    return steps;
  }

  synchronized void cutAt(long step) {
    cutAtStep = step;
  }

  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  synchronized void syncFailure(@Nullable String reason) {
    syncFailure = reason;
  }

  synchronized long freeSize() {
    return Math.max(0, capacity - used);
  }

  /// Counts a step; whether the power is cut in the middle of it.
  synchronized boolean cuts() {
    if (steps >= cutAtStep) {
      throw new PowerCut();
    }
    return ++steps >= cutAtStep;
  }

  /// Counts a step that happens or not.
  void step() {
    if (cuts()) {
      throw new PowerCut();
    }
  }

  synchronized void checkSync() throws IOException {
    if (syncFailure != null) {
      throw new IOException(syncFailure);
    }
  }

  /// Takes up to `size` bytes of space; returns how many there were.
  synchronized long allocate(long size) {
    long granted = Math.min(size, freeSize());
    used += granted;
    return granted;
  }

  synchronized void free(long size) {
    used -= size;
  }

  synchronized boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  synchronized int below(int bound) {
    return random.nextInt(bound);
  }
}
