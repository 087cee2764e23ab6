/// A network that fails when it is told to: what the members of a cluster say to each other goes
/// through this process.
///
/// Each member is known to the others by a port of a [Network], which hands what comes there to the
/// member. Between any two members there are two [Link]s, one for each direction, whichever of them
/// has opened the connection; each is cut, slowed or delayed by itself. What is sent over a link
/// that is cut arrives when it is whole again, as with TCP, unless the connection is given up.
///
/// Who has opened a connection is looked up in `/proc`, so this needs Linux.
///
/// Threads: four virtual ones a connection, and one a member that accepts them. A link's condition
/// may be set by anybody.
@NullMarked
package io.karst.bench.network;

import org.jspecify.annotations.NullMarked;
