package io.karst.server.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Records transcripts anew: runs the requests they hold on a real `redis-server` and writes its
/// replies in the place of those they held. A transcript is begun by hand, with requests alone.
///
/// The argument is the folder or one file; `-Drecord=` of [TranscriptTest] does the same.
final class TranscriptRecorder {
  private TranscriptRecorder() {}

  public static void main(String[] arguments) throws IOException {
    record(Path.of(arguments[0]));
  }

  static void record(Path path) throws IOException {
    if (!RealRedis.isInstalled()) {
      throw new IllegalStateException("Nothing to record from");
    }
    for (Path file : Files.isDirectory(path) ? Transcript.files(path) : List.of(path)) {
      Transcript transcript = Transcript.read(file);
      try (RealRedis redis = RealRedis.start()) {
        Files.write(file, transcript.withReplies(transcript.play(redis::connect)), US_ASCII);
      }
      System.out.println(file + ": " + transcript.steps().size() + " requests");
    }
  }
}
