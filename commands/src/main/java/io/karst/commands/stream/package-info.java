/// Commands on streams: entries by their ids, and groups of consumers that share them.
///
/// [Ids] reads ids and bounds, [Entries] shows entries, [Groups] finds groups.
@NullMarked
package io.karst.commands.stream;

import org.jspecify.annotations.NullMarked;
