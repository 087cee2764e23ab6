/// Karst beside `redis-server`: the same load, on the same machine, in the same run, by turns.
@NullMarked
package io.karst.bench.comparison;

import org.jspecify.annotations.NullMarked;
