/// The commands on strings: whole values, ranges, counters, and comparisons.
///
/// [ExpiryOption] and [Condition] are what several of them share: when the key shall go, and what
/// must hold for it to be written.
@NullMarked
package io.karst.commands.string;

import org.jspecify.annotations.NullMarked;
