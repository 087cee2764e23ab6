/// Load on a server: `redis-benchmark` run and its output read, and keys put in place beforehand.
@NullMarked
package io.karst.bench.load;

import org.jspecify.annotations.NullMarked;
