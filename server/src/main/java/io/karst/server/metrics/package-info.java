/// The server's figures as Prometheus takes them. The only user of Micrometer and of Prometheus's
/// model; loaded only where there is somebody to ask.
///
/// The names are documented in docs/METRICS.md, which a test holds against the code.
@NullMarked
package io.karst.server.metrics;

import org.jspecify.annotations.NullMarked;
