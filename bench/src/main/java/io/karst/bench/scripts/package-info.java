/// Scripts, side by side with Redis.
@NullMarked
package io.karst.bench.scripts;

import org.jspecify.annotations.NullMarked;
