/// The commands on hashes, whose fields may expire one by one.
///
/// [FieldList] is the argument that those on the expiry of fields share.
@NullMarked
package io.karst.commands.hash;

import org.jspecify.annotations.NullMarked;
