/// The feed of changes: the history as clients read it (`CHANGES`).
@NullMarked
package io.karst.server.changes;

import org.jspecify.annotations.NullMarked;
