package io.karst.engine;

import java.util.Locale;

/// What may happen to a key, by the names that Redis tells it by.
public enum KeyEvent {
  DEL(EventClass.GENERIC, Gone.ITSELF),
  RENAME_FROM(EventClass.GENERIC, Gone.ITSELF),
  RENAME_TO(EventClass.GENERIC),
  MOVE_FROM(EventClass.GENERIC, Gone.ITSELF),
  MOVE_TO(EventClass.GENERIC),
  COPY_TO(EventClass.GENERIC),
  RESTORE(EventClass.GENERIC),
  EXPIRE(EventClass.GENERIC),
  PERSIST(EventClass.GENERIC),
  EXPIREMEMBER(EventClass.GENERIC, Gone.BOTH),
  PERSISTMEMBER(EventClass.GENERIC),
  EXPIREDMEMBER(EventClass.GENERIC, Gone.BOTH),

  SET(EventClass.STRING),
  SETRANGE(EventClass.STRING),
  APPEND(EventClass.STRING),
  INCRBY(EventClass.STRING),
  INCRBYFLOAT(EventClass.STRING),
  SETBIT(EventClass.STRING),
  PFADD(EventClass.STRING),

  LPUSH(EventClass.LIST),
  RPUSH(EventClass.LIST),
  LPOP(EventClass.LIST, Gone.BOTH),
  RPOP(EventClass.LIST, Gone.BOTH),
  LINSERT(EventClass.LIST),
  LSET(EventClass.LIST),
  LREM(EventClass.LIST, Gone.BOTH),
  LTRIM(EventClass.LIST, Gone.BOTH),
  SORTSTORE(EventClass.LIST),

  SADD(EventClass.SET),
  SREM(EventClass.SET, Gone.BOTH),
  SPOP(EventClass.SET, Gone.BOTH),
  SINTERSTORE(EventClass.SET),
  SUNIONSTORE(EventClass.SET),
  SDIFFSTORE(EventClass.SET),

  HSET(EventClass.HASH),
  HINCRBY(EventClass.HASH),
  HINCRBYFLOAT(EventClass.HASH),
  HDEL(EventClass.HASH, Gone.BOTH),
  HEXPIRE(EventClass.HASH, Gone.BOTH),
  HPERSIST(EventClass.HASH),
  HEXPIRED(EventClass.HASH, Gone.BOTH),

  ZADD(EventClass.SORTED_SET),
  ZINCR(EventClass.SORTED_SET),
  ZREM(EventClass.SORTED_SET, Gone.BOTH),
  ZREMRANGEBYSCORE(EventClass.SORTED_SET, Gone.BOTH),
  ZREMRANGEBYRANK(EventClass.SORTED_SET, Gone.BOTH),
  ZREMRANGEBYLEX(EventClass.SORTED_SET, Gone.BOTH),
  ZPOPMIN(EventClass.SORTED_SET, Gone.BOTH),
  ZPOPMAX(EventClass.SORTED_SET, Gone.BOTH),
  ZUNIONSTORE(EventClass.SORTED_SET),
  ZINTERSTORE(EventClass.SORTED_SET),
  ZDIFFSTORE(EventClass.SORTED_SET),
  ZRANGESTORE(EventClass.SORTED_SET),
  GEOSEARCHSTORE(EventClass.SORTED_SET),
  GEORADIUSSTORE(EventClass.SORTED_SET),

  XADD(EventClass.STREAM),
  XTRIM(EventClass.STREAM),
  XDEL(EventClass.STREAM),
  XSETID(EventClass.STREAM),
  XGROUP_CREATE(EventClass.STREAM),
  XGROUP_SETID(EventClass.STREAM),
  XGROUP_DESTROY(EventClass.STREAM),
  XGROUP_CREATECONSUMER(EventClass.STREAM),
  XGROUP_DELCONSUMER(EventClass.STREAM),

  EXPIRED(EventClass.EXPIRED, Gone.ITSELF),
  EVICTED(EventClass.EVICTED, Gone.ITSELF),
  KEYMISS(EventClass.MISS),
  NEW(EventClass.NEW);

  /// What is told when the key goes with it.
  private enum Gone {
    /// This.
    ITSELF,
    /// This, and that the key is deleted.
    BOTH,
    /// That the key is deleted.
    DELETION
  }

  private final EventClass eventClass;
  private final Gone gone;
  private final String redisName;

  KeyEvent(EventClass eventClass) {
    this(eventClass, Gone.DELETION);
  }

  KeyEvent(EventClass eventClass, Gone gone) {
    this.eventClass = eventClass;
    this.gone = gone;
    String name = name().toLowerCase(Locale.ROOT);
    redisName = name.startsWith("xgroup_") ? name.replace('_', '-') : name;
  }

  /// What it is to add elements at an end of a list.
  static KeyEvent push(boolean atHead) {
    return atHead ? LPUSH : RPUSH;
  }

  /// What it is to take elements out at an end of a list.
  static KeyEvent pop(boolean atHead) {
    return atHead ? LPOP : RPOP;
  }

  public EventClass eventClass() {
    return eventClass;
  }

  /// `xgroup-create`, `rename_from`.
  public String redisName() {
    return redisName;
  }

  /// Whether it is told of a key that goes with it.
  boolean isToldOfGone() {
    return gone != Gone.DELETION;
  }

  /// Whether it tells of the key as a whole, its expiry included.
  boolean isWhole() {
    return this == COPY_TO || this == RESTORE;
  }

  /// Whether it says by itself that the key has gone.
  boolean isDeletion() {
    return gone == Gone.ITSELF;
  }
}
