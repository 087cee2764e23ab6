/// Processes of a benchmark, and what the operating system says of them: servers started as a user
/// would start them, stopped by their id, and a connection to talk to them.
///
/// Knows nothing of benchmarks, so that tests may use it, too.
@NullMarked
package io.karst.bench.harness;

import org.jspecify.annotations.NullMarked;
