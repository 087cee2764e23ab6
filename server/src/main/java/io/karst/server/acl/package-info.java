/// Access control: who may connect, and what each may do.
///
/// A [io.karst.server.acl.User] is an immutable snapshot: passwords, and selectors, each of which
/// is a set of commands, of keys and of channels. An [io.karst.server.acl.Account] is the name that
/// stays while its user changes; sessions hold the account, and see the new user at their next
/// command. [io.karst.server.acl.Users] are all accounts, changed one at a time.
///
/// The check ([io.karst.server.acl.Guard]) follows from what a command declares: its number in the
/// table, its key specifications with what it does to each key, its channels, and whether it
/// reaches keys that its words do not name. Someone to whom everything is open costs one look.
///
/// Names, patterns and rules are bytes; the parser reads them as text of one character a byte.
///
/// Threads: everything but a [io.karst.server.acl.Guard] and a
/// [io.karst.server.acl.UserDraft] may be used by any.
@NullMarked
package io.karst.server.acl;

import org.jspecify.annotations.NullMarked;
