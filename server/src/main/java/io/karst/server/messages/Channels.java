package io.karst.server.messages;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who listens to what, by name: one kind of channels, or the patterns. Thread-safe; to look takes
/// no lock.
final class Channels {
  private final ConcurrentHashMap<Bytes, Audience> audiences = new ConcurrentHashMap<>();

  /// Those who listen to a channel; null if nobody does.
  @Nullable Audience audience(Bytes name) {
    return audiences.get(name);
  }

  /// Begins a subscription, and returns it.
  Subscription add(Subscription fresh) {
    audiences.compute(fresh.name(), (_, there) -> there == null ? fresh : there.with(fresh));
    return fresh;
  }

  /// Ends a subscription.
  void remove(Subscription gone) {
    audiences.compute(
        gone.name(),
        (_, there) -> {
          gone.end(); // Within this, so that who has ended has left.
          return there == null ? null : there.without(gone);
        });
  }

  void forEach(BiConsumer<Bytes, Audience> visitor) {
    audiences.forEach(visitor);
  }

  /// How many channels somebody listens to.
  int count() {
    return audiences.size();
  }

  boolean isEmpty() {
    return audiences.isEmpty();
  }

  /// How many listen to a channel.
  int listeners(Bytes name) {
    Audience there = audiences.get(name);
    return there == null ? 0 : there.size();
  }

  /// The channels somebody listens to.
  List<Bytes> names(Predicate<Bytes> wanted) {
    List<Bytes> names = new ArrayList<>();
    for (Bytes name : audiences.keySet()) {
      if (wanted.test(name)) {
        names.add(name);
      }
    }
    return names;
  }
}
