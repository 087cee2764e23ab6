/// Sessions: what a connection is to the commands it sends, and the way from a decoded request to
/// an encoded reply.
///
/// [Session] is one connection's state; [Sessions] are all of them; [Server] is what a
/// [SessionBody] may reach beyond its own session. The dispatcher cuts a pipeline into groups,
/// takes the locks, runs the bodies and encodes their replies before it lets go of the locks.
///
/// Threads: a session is its event loop's, or the virtual thread's that runs its command while the
/// loop waits for it; other threads read it for `CLIENT LIST` and may be a moment behind.
///
/// Knows nothing of sockets: what it needs of one is [Link].
@NullMarked
package io.karst.server.session;

import org.jspecify.annotations.NullMarked;
