/// Commands on lists, hashes, sets, sorted sets and streams, side by side with Redis.
@NullMarked
package io.karst.bench.types;

import org.jspecify.annotations.NullMarked;
