/// `./karst bench`: the comparison with `redis-server`, and the JMH benchmarks of the parts.
@NullMarked
package io.karst.bench;

import org.jspecify.annotations.NullMarked;
