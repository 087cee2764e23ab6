package io.karst.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import io.karst.value.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What a test has appended to a log, frame by frame, and what a log must have of it.
final class History {
  /// A frame: `[lsn, endLsn)`.
  record Frame(long lsn, long endLsn, List<Effect> effects) {}

  private final List<Frame> frames = new ArrayList<>();
  private long counter;

  /// Appends a frame of a few random effects, none like any before.
  Frame append(Appender appender, RandomGenerator random, int valueSizeMax) {
    List<Effect> effects = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      effects.add(effect(random, valueSizeMax));
    }
    return append(appender, effects);
  }

  Frame append(Appender appender, List<Effect> effects) {
    appender.reset();
    for (Effect effect : effects) {
      appender.reserve(reservation(effect));
    }
    long end = appender.append(effects);
    Frame frame = new Frame(end - frameSize(effects), end, effects);
    frames.add(frame);
    return frame;
  }

  List<Frame> frames() {
    return frames;
  }

  /// Forgets the frames from the one at `lsn` on: they were lost.
  void cut(long lsn) {
    frames.removeIf(frame -> frame.lsn() >= lsn);
  }

  /// Forgets the frames before `lsn`: they are not needed any more.
  void forget(long lsn) {
    frames.removeIf(frame -> frame.lsn() < lsn);
  }

  /// The frames from an LSN on.
  List<Frame> from(long lsn) {
    return frames.stream().filter(frame -> frame.lsn() >= lsn).toList();
  }

  /// Checks that what a reader finds is the frames from an LSN on, perhaps not all of them, but
  /// those that begin before `atLeast`; forgets the others. The reader is at its end then.
  void checkPrefix(WalReader reader, long from, long atLeast) throws IOException {
    List<Frame> expected = from(from);
    List<Frame> found = read(reader);
    assertThat(found).isEqualTo(expected.subList(0, Math.min(found.size(), expected.size())));
    if (found.size() < expected.size()) {
      Frame lost = expected.get(found.size());
      assertThat(lost.lsn()).as("the first frame that is lost").isGreaterThanOrEqualTo(atLeast);
      cut(lost.lsn());
    }
  }

  /// All frames with effects up to the end, with copies of their bytes.
  static List<Frame> read(WalReader reader) throws IOException {
    List<Frame> found = new ArrayList<>();
    while (reader.next()) {
      if (reader.hasEffects()) {
        List<Effect> effects = reader.effects().stream().map(Effect::copy).toList();
        found.add(new Frame(reader.lsn(), reader.lsn() + reader.size(), effects));
      }
    }
    return found;
  }

  /// What an effect is to be reserved with.
  static long reservation(Effect effect) {
    return 96L
        + switch (effect) {
          case Effect.Set set -> set.key().length() + set.value().length();
          case Effect.SetRange range -> range.key().length() + range.bytes().length();
          case Effect.Restore restore -> restore.key().length() + restore.payload().length();
          case Effect.PutElement put ->
              put.key().length() + put.element().length() + put.value().length();
          case Effect.Push push ->
              push.key().length()
                  + push.elements().stream().mapToLong(each -> each.length() + 5L).sum();
          case Effect.SetAt set -> set.key().length() + set.element().length();
          case Effect.InsertAt insert -> insert.key().length() + insert.element().length();
          case Effect.RemoveEqual remove -> remove.key().length() + remove.element().length();
          case Effect.RemoveElement remove -> remove.key().length() + remove.element().length();
          case Effect.ExpireElement expire -> expire.key().length() + expire.element().length();
          case StreamEffect.Append append ->
              append.key().length()
                  + append.pairs().stream().mapToLong(each -> each.length() + 5L).sum();
          case StreamEffect.Group group -> group.key().length() + group.group().length();
          case StreamEffect.DestroyGroup group -> group.key().length() + group.group().length();
          case StreamEffect.Acknowledge one -> one.key().length() + one.group().length();
          case StreamEffect.Consumer one ->
              one.key().length() + one.group().length() + one.consumer().length();
          case StreamEffect.Release one -> one.key().length() + one.group().length();
          case StreamEffect.Produced one ->
              one.key().length() + one.producer().length() + one.token().length();
          case StreamEffect.DeleteConsumer one ->
              one.key().length() + one.group().length() + one.consumer().length();
          case StreamEffect.Pending one ->
              one.key().length() + one.group().length() + one.consumer().length();
          case Effect.OnKey onKey -> onKey.key().length();
          case Effect.Flush flush -> 0;
          case Effect.Swap swap -> 0;
          case Effect.PutLibrary put -> put.name().length() + put.source().length();
          case Effect.RemoveLibrary remove -> remove.name().length();
        };
  }

  static long frameSize(List<Effect> effects) {
    SizeOutput size = new SizeOutput();
    effects.forEach(effect -> EffectCodec.write(effect, size));
    return WalFormat.frameSize(size.size());
  }

  /// A random effect of any kind, none like any before.
  Effect effect(RandomGenerator random, int valueSizeMax) {
    int database = random.nextInt() >>> random.nextInt(32);
    Bytes key = Bytes.utf8("key" + counter++);
    long expiry = random.nextBoolean() ? Record.NO_EXPIRY : random.nextLong() >>> 1;
    return switch (random.nextInt(11)) {
      case 9, 10 -> onElement(random, valueSizeMax, database, key);
      case 6, 7 -> onList(random, valueSizeMax, database, key);
      case 0, 1 -> new Effect.Set(database, key, bytes(random, valueSizeMax), expiry);
      case 2 ->
          new Effect.SetRange(database, key, random.nextInt() >>> 1, bytes(random, valueSizeMax));
      case 3 -> new Effect.Expire(database, key, expiry);
      case 4 -> new Effect.Delete(database, key);
      case 5 -> onStream(random, valueSizeMax, database, key);
      default ->
          random.nextBoolean()
              ? new Effect.Flush(database, (int) counter++)
              : onWhole(random, database, key);
    };
  }

  private static Effect onElement(
      RandomGenerator random, int valueSizeMax, int database, Bytes key) {
    long expiry = random.nextBoolean() ? Record.NO_EXPIRY : random.nextLong() >>> 1;
    Bytes element = bytes(random, 100);
    int type = random.nextInt(6);
    return switch (random.nextInt(4)) {
      case 0 -> {
        Bytes value = bytes(random, valueSizeMax);
        yield new Effect.PutElement(database, key, type, element, value, expiry);
      }
      case 1 -> new Effect.RemoveElement(database, key, element);
      case 2 -> new Effect.ExpireElement(database, key, element, expiry);
      default -> new Effect.Restore(database, key, type, bytes(random, valueSizeMax), expiry);
    };
  }

  private Effect onWhole(RandomGenerator random, int database, Bytes key) {
    return switch (random.nextInt(3)) {
      case 0 -> new Effect.Swap(database, (int) counter++);
      case 1 -> new Effect.PutLibrary(key, bytes(random, 100));
      default -> new Effect.RemoveLibrary(key);
    };
  }

  private static Effect onStream(
      RandomGenerator random, int valueSizeMax, int database, Bytes key) {
    StreamId id = new StreamId(random.nextLong() >>> random.nextInt(64), random.nextInt(3) - 1);
    Bytes group = bytes(random, valueSizeMax);
    Bytes consumer = bytes(random, 100);
    long number = random.nextInt(1000) - 1L;
    return switch (random.nextInt(13)) {
      case 10 -> new StreamEffect.Release(database, key, group, id, number + 1);
      case 11 -> new StreamEffect.Produced(database, key, group, consumer, id, number + 1);
      case 12 -> new StreamEffect.Producers(database, key, 1 + random.nextInt(99), 7, number + 1);
      case 0 -> new StreamEffect.Append(database, key, id, List.of(group, consumer));
      case 1 -> new StreamEffect.Remove(database, key, id);
      case 2 -> new StreamEffect.TrimTo(database, key, id);
      case 3 -> new StreamEffect.State(database, key, id, number + 1, StreamId.MAX);
      case 4 -> new StreamEffect.Group(database, key, group, id, number);
      case 5 -> new StreamEffect.DestroyGroup(database, key, group);
      case 6 -> new StreamEffect.Consumer(database, key, group, consumer, number + 1, number);
      case 7 -> new StreamEffect.DeleteConsumer(database, key, group, consumer);
      case 8 -> new StreamEffect.Pending(database, key, group, consumer, id, number + 1, 3);
      default -> new StreamEffect.Acknowledge(database, key, group, id);
    };
  }

  private static Effect onList(RandomGenerator random, int valueSizeMax, int database, Bytes key) {
    boolean head = random.nextBoolean();
    int number = random.nextInt() >>> 1;
    Bytes element = bytes(random, valueSizeMax);
    return switch (random.nextInt(5)) {
      case 0 -> {
        List<Bytes> elements = new ArrayList<>(List.of(element));
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(bytes(random, 20));
        }
        yield new Effect.Push(database, key, head, elements);
      }
      case 1 -> new Effect.Pop(database, key, head, number);
      case 2 -> new Effect.SetAt(database, key, number, element);
      case 3 -> new Effect.InsertAt(database, key, number, element);
      default -> new Effect.RemoveEqual(database, key, head, number, element);
    };
  }

  /// An effect that takes as many bytes in the log as any other of this value size.
  Effect set(RandomGenerator random, int valueSize) {
    byte[] value = new byte[valueSize];
    random.nextBytes(value);
    Bytes key = Bytes.utf8(String.format(Locale.ROOT, "key%08d", counter++));
    return new Effect.Set(1, key, Bytes.of(value), Record.NO_EXPIRY);
  }

  private static Bytes bytes(RandomGenerator random, int sizeMax) {
    byte[] bytes = new byte[random.nextInt(1 + (sizeMax >>> random.nextInt(12)))];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
