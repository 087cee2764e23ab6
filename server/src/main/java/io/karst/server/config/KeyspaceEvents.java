package io.karst.server.config;

import io.karst.engine.EventClass;
import java.util.Set;

/// What happens to keys that is told of by messages.
///
/// - `modules`: what modules do, which there are none of; remembered to be shown.
/// - `byKey`: whether on a channel for each key.
/// - `byEvent`: whether on a channel for each event.
public record KeyspaceEvents(
    Set<EventClass> classes, boolean modules, boolean byKey, boolean byEvent) {
  static final KeyspaceEvents NONE = new KeyspaceEvents(Set.of(), false, false, false);

  /// The classes as a set of bits ([EventClass#bit]); empty if there is no channel to tell of them.
  public int bits() {
    return byKey || byEvent
        ? classes.stream().mapToInt(EventClass::bit).reduce(0, (all, bit) -> all | bit)
        : 0;
  }
}
