package io.karst.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlabLayoutTest {
  private static final long BASE = 0x7f12_3450_0000L;

  @ParameterizedTest
  @MethodSource("layouts")
  void everyByteBelongsToItsBlock(SlabLayout layout) {
    for (int i = 0; i < layout.blocks(); i++) {
      long first = layout.address(BASE, i);
      long last = first + layout.blockSize() - 1;
      if (layout.index(BASE, first) != i || layout.index(BASE, last) != i) {
        assertThat(layout.index(BASE, first)).isEqualTo(i);
        assertThat(layout.index(BASE, last)).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void bytesOutsideTheBlocksBelongToNone(SlabLayout layout) {
    assertThat(layout.index(BASE, BASE - 1)).isNegative();
    if (layout.headerSize() > 0) {
      assertThat(layout.index(BASE, BASE)).isNegative();
      assertThat(layout.index(BASE, BASE + layout.headerSize() - 1)).isNegative();
    }
    long end = layout.address(BASE, layout.blocks());
    assertThat(layout.index(BASE, end)).isEqualTo(layout.blocks());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void slabsHaveRoomForBitmapAndBlocks(SlabLayout layout) {
    long end = layout.headerSize() + (long) layout.blocks() * layout.blockSize();
    assertThat(end).isBetween(layout.size() - layout.size() / 32, layout.size());
    assertThat(layout.units()).isBetween(1, Chunk.UNITS);
    if (layout.blocks() > Long.SIZE) {
      assertThat(layout.headerSize()).isGreaterThanOrEqualTo(layout.words() * Long.BYTES);
    }
  }

  static SlabLayout[] layouts() {
    SlabLayout[] layouts = new SlabLayout[SizeClasses.COUNT];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = SlabLayout.of(i);
    }
    return layouts;
  }
}
