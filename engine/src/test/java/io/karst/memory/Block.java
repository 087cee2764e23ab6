package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;

/// A block that a test holds, filled with one byte.
record Block(long address, long size, byte content) {
  private static final int EDGE = 256;

  static Block allocate(Magazine magazine, long size, RandomGenerator random) {
    Block block = new Block(magazine.allocate(size), size, (byte) random.nextInt());
    Native.fill(block.address, size, block.content);
    return block;
  }

  /// A size such as stores have: mostly small, sometimes of any class, rarely huge.
  static long size(RandomGenerator random) {
    int kind = random.nextInt(1000);
    if (kind < 800) {
      return 1L + random.nextInt(300);
    }
    return 1L + random.nextInt(kind < 980 ? 4096 : 2 * SizeClasses.LARGEST);
  }

  void checkContent() {
    for (long i = 0; i < size; i++) {
      if (i == EDGE && size > 2 * EDGE) {
        i = size - EDGE;
      }
      if (Native.getByte(address + i) != content) {
        assertThat(Native.getByte(address + i)).as("byte %d of %s", i, this).isEqualTo(content);
      }
    }
  }

  void free(Magazine magazine) {
    checkContent();
    magazine.free(address, size);
  }

  /// This block with another size, moved if need be.
  Block resized(Magazine magazine, long newSize) {
    checkContent();
    long at = address;
    if (!magazine.resize(address, size, newSize)) {
      at = magazine.allocate(newSize);
      Native.copy(address, at, Math.min(size, newSize));
      magazine.free(address, size);
    }
    new Block(at, Math.min(size, newSize), content).checkContent();
    Native.fill(at, newSize, content);
    return new Block(at, newSize, content);
  }
}
