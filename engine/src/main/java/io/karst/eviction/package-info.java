/// What to take out of memory when it is short: who is idle ([AccessMeter]), where to look
/// ([SlotDraw]), whom to prefer ([VictimPool]), by which rule ([EvictionPolicy]). The acts, and
/// when, are the engine's.
///
/// Source: "Key eviction", redis.io/docs/latest/develop/reference/eviction; docs/adr/0011.
@NullMarked
package io.karst.eviction;

import org.jspecify.annotations.NullMarked;
