/// `./karst bench`: the comparisons with `redis-server` and RocksDB, and the JMH benchmarks of
/// the parts.
@NullMarked
package io.karst.bench;

import org.jspecify.annotations.NullMarked;
