/// The network: sockets to sessions and back, over Netty.
///
/// [Network] listens; each accepted socket becomes a [Connection] on one of the event loops, which
/// owns one [Worker]: the input array, the reply buffer and the dispatcher that all connections of
/// the loop share. A connection keeps only what cannot be used up at once.
///
/// Threads: event loops, one [Worker] each. Nothing here blocks; what may block leaves the loop as
/// a [io.karst.server.session.Task].
@NullMarked
package io.karst.server.net;

import org.jspecify.annotations.NullMarked;
