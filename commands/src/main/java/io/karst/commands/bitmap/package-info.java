/// The commands on strings as arrays of bits.
///
/// Bit 0 is the highest bit of byte 0. [BitField] reads and writes integers of any width at any
/// bit; [BitOffset] is how all of them read an offset; [Bits] counts and searches eight bytes at a
/// time.
@NullMarked
package io.karst.commands.bitmap;

import org.jspecify.annotations.NullMarked;
