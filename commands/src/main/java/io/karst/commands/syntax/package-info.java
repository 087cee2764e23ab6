/// Syntax lines: what a person reads in a command's documentation is what the program derives its
/// arity, key positions and machine-readable documentation from.
///
/// Knows nothing of commands, only of words. Runs at start-up; everything here is immutable.
@NullMarked
package io.karst.commands.syntax;

import org.jspecify.annotations.NullMarked;
