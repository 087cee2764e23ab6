package io.karst.engine;

import io.karst.value.StreamId;
import io.karst.value.StreamProducers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a stream has, in sorted maps. Thread: the test's.
final class StreamModel {
  record Delivery(String consumer, long millis, long count) {
    @Override
    public String toString() {
      return consumer + "@" + millis + "*" + count;
    }
  }

  /// An entry that a producer has added.
  record Made(String token, StreamId id, long millis) {
    @Override
    public String toString() {
      return token + "=" + id + "@" + millis;
    }
  }

  static final class Group {
    StreamId last = StreamId.ZERO;
    long read;
    final TreeMap<String, String> consumers = new TreeMap<>();
    final TreeMap<StreamId, Delivery> pending = new TreeMap<>();
  }

  final TreeMap<StreamId, List<String>> entries = new TreeMap<>();
  final TreeMap<String, Group> groups = new TreeMap<>();
  boolean exists;
  StreamId last = StreamId.ZERO;
  StreamId maxDeleted = StreamId.ZERO;
  long added;
  final TreeMap<String, List<Made>> producers = new TreeMap<>();
  int seconds = StreamProducers.DURATION_SECONDS;
  int tokensMax = StreamProducers.TOKENS;
  long duplicates;

  void forgetProducers() {
    producers.clear();
    seconds = StreamProducers.DURATION_SECONDS;
    tokensMax = StreamProducers.TOKENS;
    duplicates = 0;
  }

  void clear() {
    forgetProducers();
    entries.clear();
    groups.clear();
    exists = false;
    last = StreamId.ZERO;
    maxDeleted = StreamId.ZERO;
    added = 0;
  }

  /// All of it, as [StreamModelTest] tells it of a stream.
  String content() {
    if (!exists) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    entries.forEach((id, pairs) -> text.append(id).append(pairs).append('\n'));
    StreamId first = entries.isEmpty() ? StreamId.ZERO : entries.firstKey();
    text.append(entries.size()).append(' ').append(last).append(' ').append(first);
    text.append(' ').append(maxDeleted).append(' ').append(added).append('\n');
    groups.forEach((name, group) -> {
      text.append(name).append(' ').append(group.last).append(' ').append(group.read);
      text.append(group.pending).append('\n');
      group.consumers.forEach((consumer, times) -> {
        text.append(consumer)
            .append(' ')
            .append(times)
            .append(
                group.pending.entrySet().stream()
                    .filter(each -> each.getValue().consumer.equals(consumer))
                    .map(each -> each.getKey().toString())
                    .collect(Collectors.joining(",", "[", "]\n")));
      });
    });
    return text + producers();
  }

  String producers() {
    TreeMap<String, List<Made>> kept = new TreeMap<>();
    producers.forEach((name, made) ->
        kept.put(name, made.subList(Math.max(0, made.size() - tokensMax), made.size())));
    return visible(kept, seconds) + " " + tokensMax + " " + duplicates;
  }

  /// What is not past its time when the latest of all was added.
  static String visible(Map<String, List<Made>> made, int seconds) {
    long latest =
        made.values().stream().flatMap(List::stream).mapToLong(Made::millis).max().orElse(0);
    StringBuilder text = new StringBuilder();
    made.forEach((name, all) -> {
      List<Made> left =
          all.stream().filter(each -> each.millis > latest - 1000L * seconds).toList();
      text.append(left.isEmpty() ? "" : name + left);
    });
    return text.toString();
  }
}
