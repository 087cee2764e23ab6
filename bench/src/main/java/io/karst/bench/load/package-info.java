/// Load on a server: `redis-benchmark` run and its output read, a generator of our own
/// ([LoadGenerator]) for what that does not do, and keys put in place beforehand.
@NullMarked
package io.karst.bench.load;

import org.jspecify.annotations.NullMarked;
