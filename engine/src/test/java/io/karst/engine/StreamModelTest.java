package io.karst.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.base.Fault;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamCursor;
import io.karst.value.StreamGroup;
import io.karst.value.StreamId;
import io.karst.value.StreamPending;
import io.karst.value.StreamProducers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Streams beside sorted maps: random changes of both, often while somebody looks at an entry, with
/// groups, with nodes of several sizes, and with too little memory in between; a comparison, the
/// effects replayed, the values serialised and read again, memory compacted meanwhile, and none
/// left at the end.
class StreamModelTest {
  private static final int KEYS = 4;
  private static final int STEPS = 12_000;
  private static final long NOW = 1_700_000_000_000L;
  private static final String NOBODY = "nobody";
  private static final int[] NODE_ENTRIES = {100, 1, 3, 0, 300};
  private static final int[] NODE_SIZES = {4096, 0, 100, 70_000};

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final LoggedStore store = new LoggedStore(seed, new ManualClock());
  private final Tx tx = store.tx;
  private final Map<String, StreamModel> models = new HashMap<>();
  private int refused;
  private long clock = NOW;

  @Test
  void streamsAreSortedMapsWithGroups() {
    System.out.println("StreamModelTest seed " + seed);
    for (int i = 0; i < STEPS; i++) {
      if (i % 500 == 0) {
        compareAll();
        store.engine.encodings().streamNodeEntriesMax(NODE_ENTRIES[random.nextInt(5)]);
        store.engine.encodings().streamNodeSizeMax(NODE_SIZES[random.nextInt(4)]);
        store.feed();
        store.engine.compact();
        if (i % 1500 == 0) {
          store.starve(this::append);
        }
      }
      step();
    }
    store.feed();
    compareAll();
    assertThat(refused).isPositive();
    store.replayed(copy ->
        models.forEach((name, model) ->
            copy.run(
                name,
                key ->
                    assertThat(content(copy.tx().stream(key)))
                        .as(name)
                        .isEqualTo(model.content()))));
    store.end(models.keySet());
  }

  private void append(Key key, Bytes element) {
    StreamView stream = tx.streamForUpdate(key);
    stream.append(next(stream.lastId(), 1), List.of(Bytes.EMPTY, element));
  }

  private void step() {
    String name = "k" + random.nextInt(KEYS);
    StreamModel model = models.computeIfAbsent(name, _ -> new StreamModel());
    store.in(
        name,
        0,
        key -> {
          try {
            change(key, model);
          } catch (Fault.OutOfMemory full) {
            refused++;
            assertThat(content(tx.stream(key)))
                .as("after too little memory")
                .isEqualTo(model.content());
          }
        });
  }

  private void change(Key key, StreamModel model) {
    StreamView stream = tx.streamForUpdate(key);
    assertThat(stream.length()).isEqualTo(model.entries.size());
    @Nullable List<Bytes> seen = null;
    List<String> seenTexts = List.of();
    if (!model.entries.isEmpty() && random.nextInt(3) == 0) {
      StreamCursor cursor = Objects.requireNonNull(stream.cursor());
      StreamId id = some(model);
      assertThat(cursor.find(id)).isTrue();
      seen = cursor.pairs();
      seenTexts = List.copyOf(model.entries.get(id));
    }
    if (!model.exists || random.nextInt(3) > 0) {
      changeEntries(key, stream, model);
    } else {
      changeGroups(stream, model);
    }
    if (seen != null) {
      assertThat(seen.stream().map(Bytes::utf8).toList()).isEqualTo(seenTexts);
    }
  }

  private void changeEntries(Key key, StreamView stream, StreamModel model) {
    switch (random.nextInt(model.exists ? 40 : 4)) {
      default -> add(stream, model);
      case 4, 5, 6, 7, 8, 9 -> {
        StreamId id = random.nextInt(4) == 0 ? new StreamId(random.nextInt(90), 1) : some(model);
        boolean was = model.entries.containsKey(id);
        assertThat(stream.remove(id)).isEqualTo(was);
        model.entries.remove(id);
        if (was && model.maxDeleted.isBefore(id)) {
          model.maxDeleted = id;
        }
      }
      case 10, 11 -> trim(stream, model);
      case 12 -> {
        StreamId last = next(model.last, 5);
        long added = model.added + random.nextInt(3);
        stream.state(last, added, model.maxDeleted);
        model.last = last;
        model.added = added;
      }
      case 13 -> {
        if (random.nextInt(20) == 0) {
          tx.delete(key);
          model.clear();
        }
      }
      case 14 -> copy(key, model);
      case 15, 16, 17, 18, 19 -> produce(stream, model);
      case 20 -> {
        int seconds = 1 + random.nextInt(20);
        int tokensMax = 1 + random.nextInt(30);
        stream.producers(seconds, tokensMax, model.duplicates + 1);
        model.duplicates++;
        if (seconds != model.seconds || tokensMax != model.tokensMax) {
          model.producers.clear();
        }
        model.seconds = seconds;
        model.tokensMax = tokensMax;
      }
    }
  }

  private void produce(StreamView stream, StreamModel model) {
    String name = "producer" + random.nextInt(8);
    String token = "token" + random.nextInt(60);
    StreamId id = next(model.last, 1 + random.nextInt(3));
    List<String> pairs = pairs();
    long millis = clock + random.nextInt(3000);
    stream.append(
        id,
        pairs.stream().map(Bytes::utf8).toList(),
        new Production(Bytes.utf8(name), Bytes.utf8(token), millis));
    clock = millis;
    model.exists = true;
    model.entries.put(id, pairs);
    model.last = id;
    model.added++;
    model
        .producers
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .add(new StreamModel.Made(token, id, millis));
    StreamProducers producers = Objects.requireNonNull(stream.producers());
    assertThat(producers.find(Bytes.utf8(name), Bytes.utf8(token), millis)).isEqualTo(id);
    long late = millis + 1000L * model.seconds;
    assertThat(producers.find(Bytes.utf8(name), Bytes.utf8(token), late)).isNull();
  }

  private void add(StreamView stream, StreamModel model) {
    StreamId id = next(model.last, 1 + random.nextInt(3));
    List<String> pairs = pairs();
    stream.append(id, pairs.stream().map(Bytes::utf8).toList());
    model.exists = true;
    model.entries.put(id, pairs);
    model.last = id;
    model.added++;
  }

  private void trim(StreamView stream, StreamModel model) {
    int size = model.entries.size();
    boolean nodesOnly = random.nextInt(3) == 0;
    long limit = nodesOnly && random.nextBoolean() ? 1 + random.nextInt(20) : 0;
    if (random.nextBoolean()) {
      int max = size - random.nextInt(1 + size / (random.nextInt(10) == 0 ? 1 : 5));
      long removed = stream.trim(new StreamCut(max, null, nodesOnly, limit));
      checkTrimmed(model, removed, size - max, nodesOnly, limit);
    } else {
      StreamId min = random.nextInt(10) == 0 ? next(model.last, 1) : some(model);
      long removed = stream.trim(new StreamCut(0, min, nodesOnly, limit));
      checkTrimmed(model, removed, model.entries.headMap(min).size(), nodesOnly, limit);
    }
  }

  private static void checkTrimmed(
      StreamModel model, long removed, long wanted, boolean nodesOnly, long limit) {
    if (nodesOnly) {
      assertThat(removed).isBetween(0L, limit > 0 ? Math.min(wanted, limit) : wanted);
    } else {
      assertThat(removed).isEqualTo(wanted);
    }
    for (long i = 0; i < removed; i++) {
      model.entries.pollFirstEntry();
    }
  }

  private void changeGroups(StreamView stream, StreamModel model) {
    String name = "group" + random.nextInt(3);
    StreamModel.Group own = model.groups.get(name);
    StreamGroup group = stream.group(Bytes.utf8(name));
    assertThat(group != null).isEqualTo(own != null);
    if (own == null || group == null || random.nextInt(100) == 0) {
      StreamId last = some(model);
      long read = random.nextInt(10) - 1L;
      stream.putGroup(Bytes.utf8(name), last, read);
      StreamModel.Group made = model.groups.computeIfAbsent(name, _ -> new StreamModel.Group());
      made.last = last;
      made.read = read;
      return;
    }
    switch (random.nextInt(24)) {
      case 0 -> {
        if (random.nextInt(10) == 0) {
          stream.removeGroup(group);
          model.groups.remove(name);
        }
      }
      case 1 -> {
        String consumer = "consumer" + random.nextInt(6);
        StreamConsumer found = group.consumer(Bytes.utf8(consumer));
        if (found != null && random.nextInt(4) == 0) {
          long before = own.pending.size();
          long removed = stream.removeConsumer(group, found);
          own.consumers.remove(consumer);
          own.pending.values().removeIf(each -> each.consumer().equals(consumer));
          assertThat(removed).isEqualTo(before - own.pending.size());
        }
      }
      case 2, 3, 4, 5, 6, 7, 8 -> {
        StreamId id = own.pending.isEmpty() || random.nextInt(5) == 0 ? some(model) : pending(own);
        assertThat(stream.acknowledge(group, id)).isEqualTo(own.pending.remove(id) != null);
      }
      default -> deliver(stream, group, own, model);
    }
  }

  private void deliver(
      StreamView stream, StreamGroup group, StreamModel.Group own, StreamModel model) {
    String name = "consumer" + random.nextInt(6);
    long seen = NOW + random.nextInt(5);
    long active = random.nextInt(4) == 0 ? StreamConsumer.NEVER : seen;
    StreamConsumer consumer = stream.putConsumer(group, Bytes.utf8(name), seen, active);
    own.consumers.put(name, seen + " " + active);
    StreamId id = own.pending.isEmpty() || random.nextInt(3) > 0 ? some(model) : pending(own);
    long time = random.nextInt(100);
    long count = random.nextInt(5);
    if (random.nextInt(5) == 0) {
      stream.release(group, id, count);
      own.pending.put(id, new StreamModel.Delivery(NOBODY, 0, count));
      return;
    }
    stream.putPending(group, consumer, id, time, count);
    own.pending.put(id, new StreamModel.Delivery(name, time, count));
    assertThat(group.owner(group.find(id))).isSameAs(consumer);
  }

  /// Copies the key to another one or, serialised, onto itself.
  ///
  /// What travels is without producers, and without when consumers were last active: they were when
  /// they were seen. What is nobody's is a consumer's then whose name is empty.
  private void copy(Key key, StreamModel model) {
    Values.@Nullable Serialised value = tx.values().dump(key);
    if (value != null && random.nextBoolean()) {
      tx.values().restore(key, value.type(), value.body(), Record.NO_EXPIRY);
      for (StreamModel.Group group : model.groups.values()) {
        group.consumers.replaceAll((_, times) -> {
          String seen = times.substring(0, times.indexOf(' '));
          return seen + " " + seen;
        });
        if (group.pending.values().stream().anyMatch(each -> each.consumer().equals(NOBODY))) {
          group.consumers.putIfAbsent("", "0 0");
        }
        group.pending.replaceAll((_, each) ->
            each.consumer().equals(NOBODY)
                ? new StreamModel.Delivery("", each.millis(), each.count())
                : each);
      }
      model.forgetProducers();
    } else if (value != null) {
      tx.values().copy(key, key, 1);
    }
  }

  private void compareAll() {
    models.forEach((name, model) -> store.in(name, 0, key -> compare(tx.stream(key), model)));
  }

  private void compare(StreamView stream, StreamModel model) {
    assertThat(content(stream)).isEqualTo(model.content());
    if (model.entries.isEmpty()) {
      return;
    }
    StreamCursor cursor = Objects.requireNonNull(stream.cursor());
    StreamId from = random.nextBoolean() ? some(model) : next(some(model), 1);
    assertThat(cursor.seek(from)).isEqualTo(model.entries.ceilingKey(from) != null);
    List<StreamId> back = new ArrayList<>();
    for (boolean more = cursor.seekBack(from); more; more = cursor.previous()) {
      back.add(cursor.id());
    }
    assertThat(back).isEqualTo(List.copyOf(model.entries.headMap(from, true).descendingKeySet()));
    assertThat(stream.contains(from)).isEqualTo(model.entries.containsKey(from));
    for (StreamGroup group : stream.groups()) {
      List<StreamId> ids = new ArrayList<>();
      group.forEach(null, from, (id, consumer, record) -> ids.add(id));
      StreamModel.Group own = Objects.requireNonNull(model.groups.get(group.name().utf8()));
      assertThat(ids).isEqualTo(List.copyOf(own.pending.tailMap(from, true).keySet()));
      List<StreamId> oldest = new ArrayList<>();
      group.forEachByDelivery((id, consumer, record) -> oldest.add(id));
      assertThat(oldest)
          .isEqualTo(
              own.pending.entrySet().stream()
                  .sorted(Comparator.comparingLong(each -> each.getValue().millis()))
                  .map(Map.Entry::getKey)
                  .toList());
    }
  }

  private static String content(StreamView stream) {
    StreamCursor cursor = stream.cursor();
    if (cursor == null) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    for (boolean more = cursor.seek(StreamId.ZERO); more; more = cursor.next()) {
      text.append(cursor.id());
      text.append(cursor.pairs().stream().map(Bytes::utf8).toList()).append('\n');
    }
    var state = stream.state();
    text.append(state.length()).append(' ').append(state.lastId()).append(' ');
    text.append(state.firstId()).append(' ').append(state.maxDeletedId()).append(' ');
    text.append(state.entriesAdded()).append('\n');
    for (StreamGroup group : stream.groups()) {
      text.append(group.name().utf8()).append(' ').append(group.lastDelivered()).append(' ');
      text.append(group.entriesRead());
      Map<StreamId, StreamModel.Delivery> pending = new TreeMap<>();
      group.forEach(
          null,
          StreamId.ZERO,
          (id, owner, record) -> {
            long millis = StreamPending.deliveredMillis(record);
            long count = StreamPending.deliveries(record);
            String name = owner == null ? NOBODY : owner.name().utf8();
            pending.put(id, new StreamModel.Delivery(name, millis, count));
            return true;
          });
      assertThat(group.pendingCount()).isEqualTo(pending.size());
      text.append(pending).append('\n');
      for (StreamConsumer consumer : group.consumers()) {
        List<String> ids = new ArrayList<>();
        group.forEach(consumer, StreamId.ZERO, (id, owner, record) -> ids.add(id.toString()));
        text.append(consumer.name().utf8()).append(' ').append(consumer.seenMillis());
        text.append(' ').append(consumer.activeMillis());
        text.append(ids.stream().collect(Collectors.joining(",", "[", "]\n")));
      }
    }
    return text + producers(stream.producers());
  }

  private static String producers(@Nullable StreamProducers producers) {
    if (producers == null) {
      return new StreamModel().producers();
    }
    TreeMap<String, List<StreamModel.Made>> made = new TreeMap<>();
    producers.forEach((name, token, id, millis) ->
        made.computeIfAbsent(name.utf8(), _ -> new ArrayList<>())
            .add(new StreamModel.Made(token.utf8(), id, millis)));
    return StreamModel.visible(made, producers.durationSeconds())
        + " "
        + producers.tokensMax()
        + " "
        + producers.duplicates();
  }

  /// An id of an entry, or another one if there is none.
  private StreamId some(StreamModel model) {
    if (model.entries.isEmpty()) {
      return new StreamId(random.nextInt(5), random.nextInt(3));
    }
    StreamId first = model.entries.firstKey();
    long span = model.entries.lastKey().millis() - first.millis() + 1;
    StreamId at = new StreamId(first.millis() + random.nextLong(span), random.nextInt(3));
    StreamId floor = model.entries.floorKey(at);
    return floor == null ? first : floor;
  }

  private StreamId pending(StreamModel.Group group) {
    List<StreamId> ids = List.copyOf(group.pending.keySet());
    return ids.get(random.nextInt(ids.size()));
  }

  private StreamId next(StreamId last, int step) {
    return random.nextBoolean()
        ? new StreamId(last.millis(), last.sequence() + step)
        : new StreamId(last.millis() + step, random.nextInt(3));
  }

  /// Often the same fields, values of all encodings, now and then larger than a node.
  private List<String> pairs() {
    List<String> pairs = new ArrayList<>();
    int fields = random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 2;
    for (int i = 0; i < fields; i++) {
      pairs.add(random.nextInt(20) == 0 ? value() : "field" + i);
      pairs.add(value());
    }
    return pairs;
  }

  private String value() {
    int kind = random.nextInt(300);
    if (kind == 0) {
      return "y".repeat(random.nextInt(9_000));
    }
    if (kind < 100) {
      return Long.toString(random.nextLong() >> random.nextInt(64));
    }
    return kind < 120 ? "x".repeat(random.nextInt(300)) : "value" + random.nextInt(40);
  }
}
