package io.karst.eviction;

import java.util.Locale;

/// What happens when memory is short: the values of `maxmemory-policy`.
public enum EvictionPolicy {
  /// Nothing goes; what needs memory is refused.
  NOEVICTION(Order.NONE, false),
  /// Any key goes, the one that was not used for the longest time first.
  ALLKEYS_LRU(Order.RECENCY, false),
  /// Any key goes, the one that is used least often first.
  ALLKEYS_LFU(Order.FREQUENCY, false),
  /// Any key goes.
  ALLKEYS_RANDOM(Order.RANDOM, false),
  /// As [#ALLKEYS_LRU], among the keys that have an expiry.
  VOLATILE_LRU(Order.RECENCY, true),
  /// As [#ALLKEYS_LFU], among the keys that have an expiry.
  VOLATILE_LFU(Order.FREQUENCY, true),
  /// As [#ALLKEYS_RANDOM], among the keys that have an expiry.
  VOLATILE_RANDOM(Order.RANDOM, true),
  /// The key that expires next goes first.
  VOLATILE_TTL(Order.EXPIRY, true),
  /// Nothing is deleted: what is on disk leaves memory, the one that was not used for the longest
  /// time first.
  SPILL(Order.RECENCY, false);

  /// Which of two keys goes first.
  public enum Order {
    NONE,
    RECENCY,
    FREQUENCY,
    EXPIRY,
    RANDOM
  }

  private final Order order;
  private final boolean volatileOnly;

  EvictionPolicy(Order order, boolean volatileOnly) {
    this.order = order;
    this.volatileOnly = volatileOnly;
  }

  public Order order() {
    return order;
  }

  /// Whether only keys that have an expiry may go.
  public boolean volatileOnly() {
    return volatileOnly;
  }

  /// Whether anything may go.
  public boolean evicts() {
    return order != Order.NONE;
  }

  /// Whether the accesses of a key are counted, rather than the latest remembered.
  public boolean countsAccesses() {
    return order == Order.FREQUENCY;
  }

  /// The name in the configuration: `allkeys-lru`.
  public String directive() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
