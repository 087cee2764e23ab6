/// The commands about the process: what it is and does, its configuration, memory and end.
@NullMarked
package io.karst.server.operations.server;

import org.jspecify.annotations.NullMarked;
