/// The commands on sorted sets.
///
/// [ScoreRange], [LexRange] and [RankRange] turn what a client asks for into a run of ranks
/// ([Ranks]); everything that reads, copies or removes a range works on that.
@NullMarked
package io.karst.commands.sortedset;

import org.jspecify.annotations.NullMarked;
