/// The commands on lists: elements in an order, added and taken at both ends, and found by index or
/// by value.
///
/// [ListEnd] and [ListRange] are what several of them share: the words for an end, and indices that
/// count from either.
@NullMarked
package io.karst.commands.list;

import org.jspecify.annotations.NullMarked;
