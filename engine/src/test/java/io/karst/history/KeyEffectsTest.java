package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.memory.Allocator;
import io.karst.memory.Magazine;
import io.karst.memory.Record;
import io.karst.value.StreamId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Effects without their key, as docs/formats/lsm.md §5 says them.
class KeyEffectsTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("bb");

  private final Allocator allocator = Allocator.open(Long.MAX_VALUE);
  private final Magazine magazine = allocator.magazine();

  @AfterEach
  void close() {
    magazine.close();
    allocator.close();
  }

  @Test
  void everyByteIsWhereItWas() {
    assertThat(hex(new Effect.PutElement(3, KEY, 1, A, B, -1)))
        .isEqualTo("09030001016102" + "6262");
    assertThat(hex(new Effect.RemoveElement(3, KEY, A))).isEqualTo("0b03000161");
    assertThat(hex(new Effect.Push(3, KEY, false, List.of(A)))).isEqualTo("110300010161");
    assertThat(hex(new StreamEffect.Remove(3, KEY, new StreamId(300, 1))))
        .isEqualTo("1b0300ac0201");
  }

  @Test
  void onlyTheKeyIsLeftOut() {
    assertThat(read(written(new Effect.PutElement(3, KEY, 1, KEY, KEY, 77))))
        .containsExactly(new Effect.PutElement(3, Bytes.EMPTY, 1, KEY, KEY, 77));
    assertThat(read(written(new Effect.Push(3, KEY, true, List.of(KEY, KEY)))))
        .containsExactly(new Effect.Push(3, Bytes.EMPTY, true, List.of(KEY, KEY)));
  }

  @Test
  void oneEffectFollowsTheOther() {
    Effect.OnKey first = new Effect.RemoveElement(3, Bytes.EMPTY, A);
    Effect.OnKey second = new Effect.RemoveElement(3, Bytes.EMPTY, B);
    assertThat(read(written(first, second))).containsExactly(first, second);
    assertThat(read(Bytes.EMPTY)).isEmpty();
  }

  @Test
  void whatIsNoEffectOnAKeyIsNotRead() {
    Bytes whole = written(new Effect.RemoveElement(3, KEY, B));
    for (int length = 1; length < whole.length(); length++) {
      assertThat(KeyEffects.read(whole.slice(0, length), effect -> {})).isFalse();
    }
    assertThat(KeyEffects.read(Bytes.of((byte) 0x7f, (byte) 0), effect -> {})).isFalse();
    byte[] flush = {WalFormat.FLUSH, 3, 4};
    assertThat(KeyEffects.read(Bytes.of(flush), effect -> {})).isFalse();
  }

  private String hex(Effect.OnKey effect) {
    return HexFormat.of().formatHex(written(effect).toArray());
  }

  private Bytes written(Effect.OnKey... effects) {
    KeyEffects codec = new KeyEffects();
    int size = 0;
    for (Effect.OnKey effect : effects) {
      size += (int) codec.size(effect);
    }
    long record = Record.create(magazine, Bytes.EMPTY, 0, size, Record.NO_EXPIRY, 0);
    int at = 0;
    for (Effect.OnKey effect : effects) {
      codec.write(effect, record, at);
      at += (int) codec.size(effect);
    }
    Bytes copy = Record.value(record).copy();
    Record.free(magazine, record);
    return copy;
  }

  private static List<Effect.OnKey> read(Bytes bytes) {
    List<Effect.OnKey> effects = new ArrayList<>();
    boolean whole = KeyEffects.read(bytes, effect -> effects.add((Effect.OnKey) effect.copy()));
    assertThat(whole).isTrue();
    return effects;
  }
}
