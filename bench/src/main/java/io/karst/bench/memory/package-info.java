/// What the elements of collections take in memory, side by side with Redis.
@NullMarked
package io.karst.bench.memory;

import org.jspecify.annotations.NullMarked;
