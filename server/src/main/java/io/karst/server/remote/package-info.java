/// The other end of a connection: another server, Karst or Redis, spoken to as a client does. For
/// the tools, and for `MIGRATE`.
@NullMarked
package io.karst.server.remote;

import org.jspecify.annotations.NullMarked;
