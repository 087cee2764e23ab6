package io.karst.commands;

/// What a command is to the server, in the words and the order of `COMMAND INFO`.
public enum Flag {
  WRITE("write"),
  READ_ONLY("readonly"),
  /// Refused while memory is above its limit.
  DENY_OOM("denyoom"),
  ADMIN("admin"),
  PUBSUB("pubsub"),
  NO_SCRIPT("noscript"),
  BLOCKING("blocking"),
  LOADING("loading"),
  STALE("stale"),
  SKIP_MONITOR("skip_monitor"),
  SKIP_SLOWLOG("skip_slowlog"),
  ASKING("asking"),
  FAST("fast"),
  /// Allowed before the connection has authenticated.
  NO_AUTH("no_auth"),
  /// Held back by `CLIENT PAUSE WRITE` as a write is.
  MAY_REPLICATE("may_replicate"),
  NO_MANDATORY_KEYS("no_mandatory_keys"),
  PROTECTED("protected"),
  NO_ASYNC_LOADING("no_async_loading"),
  NO_MULTI("no_multi"),
  /// Its first, last and step do not say where all keys are. Derived from the key specs.
  MOVABLE_KEYS("movablekeys"),
  ALLOW_BUSY("allow_busy");

  private final String redisName;

  Flag(String redisName) {
    this.redisName = redisName;
  }

  public String redisName() {
    return redisName;
  }

  /// Whether clients are told of it; of the one that Redis keeps to itself they are not.
  public boolean isShown() {
    return this != MAY_REPLICATE;
  }
}
