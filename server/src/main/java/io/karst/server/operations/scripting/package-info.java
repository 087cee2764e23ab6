/// Commands that run scripts and functions, or keep them.
@NullMarked
package io.karst.server.operations.scripting;

import org.jspecify.annotations.NullMarked;
