/// The commands about the connection they arrive on, and about others (`CLIENT`).
@NullMarked
package io.karst.server.operations.connection;

import org.jspecify.annotations.NullMarked;
