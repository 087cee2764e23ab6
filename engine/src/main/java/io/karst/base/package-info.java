/// The ground floor: byte strings, clocks, limits, and the two ways of failing that every
/// layer shares. Nothing here knows of records, slots or commands.
///
/// Threads: immutable unless a class says otherwise.
@NullMarked
package io.karst.base;

import org.jspecify.annotations.NullMarked;
