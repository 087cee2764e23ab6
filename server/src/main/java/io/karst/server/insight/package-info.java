/// What the server notices about itself while it works: how long commands take, which were slow,
/// and what in the background made them so.
///
/// Nothing here costs the way of an ordinary command more than an addition: [LatencyCounts] are a
/// worker's own, and the rest is asked only for what has taken long ([Insight]).
@NullMarked
package io.karst.server.insight;

import org.jspecify.annotations.NullMarked;
