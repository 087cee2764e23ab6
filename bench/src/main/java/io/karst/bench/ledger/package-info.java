/// What a server should have, and whether it does.
///
/// A [Ledger] is the account of one connection: a [Model] of the keys that are this connection's
/// alone, with every change applied as it is sent, and the changes of late, so that they can be
/// taken back. A server runs the requests of a connection in order, and its history is a prefix of
/// what happened; so after a crash it must have the model as it was after some request, one that
/// was sent, and none before the last that is safe. That is one question for all commands: the
/// values of keys, counters, expiries, whether a command of many keys happened as a whole, flushed
/// and swapped databases, keys that were deleted and must not come back.
///
/// Strings have a char for each byte.
@NullMarked
package io.karst.bench.ledger;

import org.jspecify.annotations.NullMarked;
