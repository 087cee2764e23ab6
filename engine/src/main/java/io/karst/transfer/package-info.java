/// Keys on their way into and out of a store, in their serialised form: one at a time, for `DUMP`
/// and `RESTORE` ([Payloads]), and all of them, as RDB files ([Importer], [Exporter]).
///
/// A type of values that becomes known in [Payloads] travels on all of these ways.
@NullMarked
package io.karst.transfer;

import org.jspecify.annotations.NullMarked;
