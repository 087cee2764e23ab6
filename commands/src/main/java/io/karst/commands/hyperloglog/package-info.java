/// The commands on HyperLogLogs: strings that count distinct elements, roughly, in 12 kilobytes.
///
/// The value of such a string is that of Redis, to the byte: docs/formats/hyperloglog.md.
@NullMarked
package io.karst.commands.hyperloglog;

import org.jspecify.annotations.NullMarked;
