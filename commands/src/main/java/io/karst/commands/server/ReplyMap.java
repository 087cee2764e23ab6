package io.karst.commands.server;

import io.karst.commands.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/// Makes a map reply, entry by entry. Thread: its owner's.
final class ReplyMap {
  private final List<Reply> keysAndValues = new ArrayList<>();

  ReplyMap put(String key, Reply value) {
    keysAndValues.add(Reply.bulk(key));
    keysAndValues.add(value);
    return this;
  }

  ReplyMap put(String key, String value) {
    return put(key, Reply.bulk(value));
  }

  ReplyMap put(String key, long value) {
    return put(key, Reply.of(value));
  }

  Reply reply() {
    return new Reply.Dictionary(List.copyOf(keysAndValues));
  }

  static <T> Reply set(Collection<T> items, Function<T, Reply> item) {
    return new Reply.Collection(items.stream().map(item).toList());
  }
}
