/// Commands about the server that need no more than the keyspace and the table of commands.
@NullMarked
package io.karst.commands.server;

import org.jspecify.annotations.NullMarked;
