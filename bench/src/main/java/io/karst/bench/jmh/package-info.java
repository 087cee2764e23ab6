/// JMH benchmarks of the parts: `./karst bench --jmh [pattern]`.
///
/// Time per operation here leaves out the socket and most cache misses of a busy server; the
/// comparison has those. What counts here is allocation, and the change from commit to commit.
@NullMarked
package io.karst.bench.jmh;

import org.jspecify.annotations.NullMarked;
