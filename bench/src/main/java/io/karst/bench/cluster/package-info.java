/// Clusters of real processes on this machine, with a network between them that can fail, and
/// clients that find their way in them.
@NullMarked
package io.karst.bench.cluster;

import org.jspecify.annotations.NullMarked;
