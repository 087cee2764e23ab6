/// The commands on sets.
///
/// [SetAlgebra] is what those on several sets share.
@NullMarked
package io.karst.commands.set;

import org.jspecify.annotations.NullMarked;
