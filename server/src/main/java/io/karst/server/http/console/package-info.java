/// The operator's console: a page for the browser, and the API behind it, on the HTTP port.
///
/// [ConsoleRequests] stands in each connection of that port and takes what is the console's. The
/// page is files of the jar ([Assets]). What it shows and changes are commands: `POST
/// /api/commands` runs them in an ordinary client's connection that begins and ends in this process
/// ([Exchange], [io.karst.server.net.InnerDoor]), so that users, limits and durability hold as for
/// any other client. Replies become JSON as they come in ([ReplyReader]).
///
/// Threads: the HTTP port's event loop, and that of the inner connections; what passes between them
/// is a [CommandRequest] and the finished answer.
@NullMarked
package io.karst.server.http.console;

import org.jspecify.annotations.NullMarked;
