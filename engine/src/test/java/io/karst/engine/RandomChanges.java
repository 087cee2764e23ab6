package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamCursor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import io.karst.value.StreamProducers;
import io.karst.value.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Random changes to a key that are the same for the same random numbers and the same state; and
/// all that a key has as text, whatever its form. A key's first letter says what it is.
final class RandomChanges {
  private static final int ELEMENTS = 120;
  private static final ValueType[] TYPES = {
    ValueType.HASH, ValueType.SET, ValueType.SORTED_SET, ValueType.LIST, ValueType.STREAM
  };

  private final Tx tx;
  private final Key key;
  private final Random random;

  private RandomChanges(Tx tx, Key key, Random random) {
    this.tx = tx;
    this.key = key;
    this.random = random;
  }

  /// The name of a key of the same type as another, or that itself.
  static String nameLike(String name, Random random) {
    return type(name).redisName() + random.nextInt(3);
  }

  /// The name of a key.
  static String name(Random random) {
    return TYPES[random.nextInt(TYPES.length)].redisName() + random.nextInt(3);
  }

  private static ValueType type(String name) {
    for (ValueType type : TYPES) {
      if (name.startsWith(type.redisName())) {
        return type;
      }
    }
    throw new AssertionError(name);
  }

  /// Changes what is at a key, in a transaction that has it locked and in memory.
  static void run(Tx tx, Key key, Random random) {
    new RandomChanges(tx, key, random).run();
  }

  private void run() {
    switch (random.nextInt(300)) {
      case 0 -> tx.delete(key);
      case 1, 2, 3 -> expire(tx.now() + random.nextInt(20_000));
      case 4, 5 -> expire(Record.NO_EXPIRY);
      default -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          change();
        }
      }
    }
  }

  private void expire(long atMillis) {
    if (tx.exists(key)) {
      tx.expire(key, atMillis);
    }
  }

  private void change() {
    switch (type(key.bytes().utf8())) {
      case HASH -> changeElements(tx.hashForUpdate(key));
      case SET -> changeElements(tx.setForUpdate(key));
      case SORTED_SET -> changeElements(tx.sortedSetForUpdate(key));
      case LIST -> changeList(tx.listForUpdate(key));
      case STREAM -> changeStream(tx.streamForUpdate(key));
      case STRING -> throw new AssertionError(key);
    }
  }

  private void changeElements(Elements elements) {
    Bytes element = element();
    switch (random.nextInt(10)) {
      case 0, 1 -> elements.remove(element);
      case 2 -> {
        if (elements.contains(element)) {
          elements.expire(element, tx.now() + random.nextInt(5_000));
        }
      }
      case 3 -> {
        if (elements.contains(element)) {
          elements.expire(element, Record.NO_EXPIRY);
        }
      }
      default -> put(elements, element);
    }
  }

  private void put(Elements elements, Bytes element) {
    switch (elements) {
      case HashView hash ->
          hash.put(
              element,
              value(),
              switch (random.nextInt(5)) {
                case 0, 1 -> Tx.KEEP_EXPIRY;
                case 2 -> tx.now() + 1 + random.nextInt(5_000);
                default -> Record.NO_EXPIRY;
              });
      case SetView set -> set.add(element);
      case SortedSetView set -> set.put(element, random.nextInt(50) / 4.0);
    }
  }

  private void changeList(ListView list) {
    int size = list.size();
    switch (size > 200 ? 9 : random.nextInt(size == 0 ? 4 : 0, 9)) {
      case 0 -> list.set(random.nextInt(size), element());
      case 1 -> list.insert(random.nextInt(size), value());
      case 2 -> list.removeEqual(random.nextBoolean(), 1, element());
      case 3 -> list.pop(random.nextBoolean());
      case 9 -> list.keep(random.nextInt(20), 100);
      default -> list.push(random.nextBoolean(), List.of(element(), value()));
    }
  }

  private void changeStream(StreamView stream) {
    StreamId last = stream.lastId();
    StreamId some = new StreamId(last.millis() - random.nextInt(20), 0);
    if (!stream.exists() || random.nextInt(3) != 0) {
      stream.append(new StreamId(last.millis() + 1, 0), List.of(element(), value()));
      return;
    }
    switch (random.nextInt(8)) {
      case 6 -> produce(stream);
      case 7 -> {
        if (random.nextInt(10) == 0) {
          stream.producers(1 + random.nextInt(2), 5 + random.nextInt(2), random.nextInt(9));
        }
      }
      case 0 -> stream.remove(some);
      case 1 -> stream.trim(StreamCut.toLength(150));
      case 2 -> stream.putGroup(name("g"), some, random.nextInt(100));
      case 3 -> stream.state(last, stream.state().entriesAdded() + 1, some);
      default -> changeGroup(stream, stream.group(name("g")), some);
    }
  }

  private void produce(StreamView stream) {
    StreamId last = stream.lastId();
    Bytes token = Bytes.utf8("t" + random.nextInt(1_000));
    Production production = new Production(name("p"), token, tx.now());
    boolean fresh =
        stream.producers() == null
            || stream.producers().find(production.producer(), token, tx.now()) == null;
    if (fresh) {
      List<Bytes> pairs = List.of(element(), value());
      stream.append(new StreamId(last.millis() + 1, 0), pairs, production);
    }
  }

  private void changeGroup(StreamView stream, StreamGroup group, StreamId id) {
    if (group == null) {
      return;
    }
    switch (random.nextInt(12)) {
      case 0 -> stream.removeGroup(group);
      case 1 -> {
        StreamConsumer consumer = group.consumer(name("c"));
        if (consumer != null) {
          stream.removeConsumer(group, consumer);
        }
      }
      case 2, 3 -> stream.acknowledge(group, id);
      case 4, 5 -> stream.release(group, id, 1 + random.nextInt(3));
      default -> {
        StreamConsumer consumer = stream.putConsumer(group, name("c"), tx.now(), tx.now());
        stream.putPending(group, consumer, id, tx.now(), 1 + random.nextInt(3));
      }
    }
  }

  private Bytes name(String prefix) {
    return Bytes.utf8(prefix + random.nextInt(3));
  }

  private Bytes element() {
    return Bytes.utf8("element" + random.nextInt(ELEMENTS));
  }

  private Bytes value() {
    return Bytes.utf8("v".repeat(random.nextInt(random.nextInt(20) == 0 ? 200 : 30)));
  }

  /// All that is at a key, which is locked and in memory.
  static String text(Tx tx, Key key) {
    ValueType type = tx.type(key);
    if (type == null) {
      return "nothing";
    }
    return tx.expiry(key)
        + " "
        + switch (type) {
          case HASH -> elements(tx.hash(key));
          case SET -> elements(tx.set(key));
          case SORTED_SET -> elements(tx.sortedSet(key)) + scores(tx.sortedSet(key));
          case LIST -> list(tx.list(key));
          case STREAM -> stream(tx.stream(key), tx.now());
          case STRING -> throw new AssertionError(key);
        };
  }

  private static String elements(Elements elements) {
    Map<String, String> all = new TreeMap<>();
    elements.forEach((element, value) ->
        all.put(element.utf8(), value.toString() + "until" + elements.expiry(element)));
    return all.size() + " of " + elements.size() + " " + all;
  }

  private static String scores(SortedSetView set) {
    StringBuilder text = new StringBuilder();
    set.range(0, set.size(), false, (member, score) -> text.append(member.utf8() + score + ' '));
    return text.toString();
  }

  private static String list(ListView list) {
    StringBuilder text = new StringBuilder();
    list.forEach(0, list.size(), true, element -> text.append(element.utf8()).append(' '));
    return text.toString();
  }

  private static String stream(StreamView stream, long now) {
    StringBuilder text = new StringBuilder(stream.state().toString());
    StreamCursor cursor = Objects.requireNonNull(stream.cursor());
    for (boolean more = cursor.seek(StreamId.ZERO); more; more = cursor.next()) {
      text.append(cursor.id());
      text.append(cursor.pairs().stream().map(Bytes::utf8).toList());
    }
    for (StreamGroup group : stream.groups()) {
      text.append(group.name().utf8()).append(group.lastDelivered()).append(group.entriesRead());
      for (StreamConsumer consumer : group.consumers()) {
        text.append(consumer.name().utf8()).append(consumer.seenMillis());
      }
      group.forEach(
          null,
          StreamId.ZERO,
          (id, consumer, record) -> {
            text.append(id).append(consumer == null ? "nobody" : consumer.name().utf8());
            text.append(StreamPending.deliveries(record)).append(' ');
            text.append(StreamPending.deliveredMillis(record));
            return true;
          });
    }
    return text.append(producers(stream.producers(), now)).toString();
  }

  /// What is seen of them at a time: what is past it may be there still, or not.
  private static String producers(@Nullable StreamProducers producers, long now) {
    if (producers == null) {
      return " no producers";
    }
    StringBuilder text = new StringBuilder(" producers ");
    text.append(producers.durationSeconds()).append(' ').append(producers.tokensMax());
    text.append(' ').append(producers.added()).append(' ').append(producers.duplicates());
    producers.forEach((producer, token, id, millis) -> {
      if (id.equals(producers.find(producer, token, now))) {
        text.append(' ').append(producer.utf8()).append(token.utf8()).append(id).append(millis);
      }
    });
    return text.toString();
  }
}
