/// Messages to connections: who listens to what, and what is on its way to whom.
///
/// [Exchange] knows who listens to which channel or pattern. A message is put together once, by
/// whoever sends it, as a [Post] for each event loop on which somebody listens; the loop encodes
/// it once for each version of the protocol and gives it to its connections. [KeyObserver] is told
/// by the engine what happens to keys: [KeyspaceMessages] publishes it, [Tracking] tells those who
/// have read them. The decisions are in docs/adr/0021-messages-are-posted-to-event-loops.md and
/// 0022-what-happens-to-keys-is-noted-where-keys-change.md.
@NullMarked
package io.karst.server.messages;

import org.jspecify.annotations.NullMarked;
