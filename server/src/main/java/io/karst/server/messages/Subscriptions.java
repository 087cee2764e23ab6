package io.karst.server.messages;

import io.karst.base.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one connection listens to.
///
/// Changed by the thread that runs the connection's commands, and by the end of the connection,
/// perhaps at the same time; counts may be read by anybody, a moment old.
public final class Subscriptions {
  private final Exchange exchange;
  private final Subscriber subscriber;
  private final Map<Kind, Map<Bytes, Subscription>> own = new EnumMap<>(Kind.class);
  private boolean closed;
  private volatile int channels;
  private volatile int patterns;
  private volatile int shardChannels;

  public Subscriptions(Exchange exchange, Subscriber subscriber) {
    this.exchange = exchange;
    this.subscriber = subscriber;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /// How many there are of one kind.
  public int count(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }

  /// What clients are told as the number of subscriptions: that of channels and patterns together,
  /// or that of channels of shards.
  public int told(Kind kind) {
    return kind == Kind.SHARD_CHANNEL ? shardChannels : channels + patterns;
  }

  /// Whether there are any.
  public boolean any() {
    return channels + patterns + shardChannels > 0;
  }

  synchronized boolean listens(Kind kind, Bytes name) {
    Map<Bytes, Subscription> there = own.get(kind);
    return there != null && there.containsKey(name);
  }

  /// Begins to listen, if it does not.
  ///
  /// - `name`: copied if it is kept.
  public synchronized void add(Kind kind, Bytes name) {
    Map<Bytes, Subscription> there = own.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
    if (closed || there.containsKey(name)) {
      return;
    }
    boolean first = !any();
    Bytes kept = name.copy();
    there.put(kept, exchange.subscribe(kind, kept, subscriber));
    counted(kind, there.size());
    if (first) {
      exchange.subscribers(1);
    }
  }

  /// Listens no longer; whether it did.
  public synchronized boolean remove(Kind kind, Bytes name) {
    Map<Bytes, Subscription> there = own.get(kind);
    Subscription gone = there == null ? null : there.remove(name);
    if (there == null || gone == null) {
      return false;
    }
    exchange.unsubscribe(kind, gone);
    counted(kind, there.size());
    if (!any()) {
      exchange.subscribers(-1);
    }
    return true;
  }

  /// The names of one kind, in the order in which they were subscribed to.
  public synchronized List<Bytes> names(Kind kind) {
    Map<Bytes, Subscription> there = own.get(kind);
    return there == null ? List.of() : new ArrayList<>(there.keySet());
  }

  /// Listens to nothing any more.
  public synchronized void clear() {
    for (Kind kind : Kind.values()) {
      names(kind).forEach(name -> remove(kind, name));
    }
  }

  /// As [#clear], for good.
  public synchronized void close() {
    closed = true;
    clear();
  }

  private void counted(Kind kind, int count) {
    switch (kind) {
      case CHANNEL -> channels = count;
      case PATTERN -> patterns = count;
      case SHARD_CHANNEL -> shardChannels = count;
    }
  }
}
