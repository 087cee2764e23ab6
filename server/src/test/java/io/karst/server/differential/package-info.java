/// Karst beside a real `redis-server` 7.0, reply for reply, byte for byte.
///
/// [TranscriptTest] replays what was recorded from one (`transcripts/*.txt`, by
/// [TranscriptRecorder]); [DifferentialTest], [DumpTravelTest] and [RdbTravelTest] run both at once
/// where one is installed, and compare nothing where none is.
@NullMarked
package io.karst.server.differential;

import org.jspecify.annotations.NullMarked;
