/// The port that monitoring asks: metrics for Prometheus, and whether the server lives and is
/// ready.
///
/// Off unless `http-port` is set; nothing of it is loaded then. One event loop of its own, bounded
/// in connections, in the size of a request and in time. What a page says is made on that loop, so
/// a slow scrape is in nobody's way but other scrapes'.
@NullMarked
package io.karst.server.http;

import org.jspecify.annotations.NullMarked;
