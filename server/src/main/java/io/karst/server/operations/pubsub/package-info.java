/// The commands about messages.
@NullMarked
package io.karst.server.operations.pubsub;

import org.jspecify.annotations.NullMarked;
