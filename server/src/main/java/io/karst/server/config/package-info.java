/// Configuration: what can be set, from where it comes, and how it changes while the server runs.
///
/// [Directives] declares every directive once: name, [Kind], default, whether it can change at run
/// time, one line of documentation. [Config] holds the values. They come, the later over the
/// earlier, from the defaults, a file in the syntax of `redis.conf` ([ConfigFile]) and the command
/// line ([CommandLine]); `CONFIG SET` changes them afterwards and `CONFIG REWRITE` ([Rewrite])
/// brings the file up to date.
///
/// Invariants: a directive that is accepted has an effect, or whoever sets it is told that and why
/// it has none ([InertDirectives]). What Redis knows and this version does not is refused with what
/// to do instead ([Alternatives]), or accepted with the one value that describes what this version
/// does ([OnlyKind]). What only trying can tell, as whether a port is free, is tried by a [Guard]
/// before anything changes.
///
/// Threads: reads are lock-free, from any thread; changes exclude each other. Listeners are called
/// by the thread that changes the value, one change at a time.
@NullMarked
package io.karst.server.config;

import org.jspecify.annotations.NullMarked;
