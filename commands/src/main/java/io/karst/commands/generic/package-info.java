/// The commands on keys of any type: whether they exist and how long, their names, copies and
/// serialised forms, and walks over all of them.
///
/// [KeyPattern] and [DatabaseIndex] are arguments that several of them share.
@NullMarked
package io.karst.commands.generic;

import org.jspecify.annotations.NullMarked;
