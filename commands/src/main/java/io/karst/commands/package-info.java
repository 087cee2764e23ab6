/// The commands: each a value ([Command]) made of a syntax line and a body, listed by an
/// [Operation], one operation a file, in a package a type.
///
/// A body is a pure function of a transaction and its arguments to a [Reply]. It sees no socket,
/// clock, thread, log or protocol; what a write entails besides the change itself happens in the
/// transaction. Everything else about a command (arity, key positions, documentation, ACL
/// categories) derives from its syntax line.
@NullMarked
package io.karst.commands;

import org.jspecify.annotations.NullMarked;
