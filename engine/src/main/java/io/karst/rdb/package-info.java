/// RDB files, Redis's snapshots: read from and written to a stream, an entry at a time, so that
/// memory is taken for one entry, never for the file.
///
/// [RdbFileReader] shows each entry to an [RdbVisitor], [RdbFileWriter] takes them one by one. The
/// values themselves are [io.karst.value.DumpPayload]s, what `DUMP` answers and `RESTORE` takes: a
/// type that becomes known there is known here. Those that are not are passed over by their
/// structure ([Structure]), or handed on as they are.
///
/// Nothing here touches a disk or a clock. Format: docs/formats/rdb.md.
@NullMarked
package io.karst.rdb;

import org.jspecify.annotations.NullMarked;
