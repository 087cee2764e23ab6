package io.karst.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes to a tier, at any moment: what is left is what some prefix of its
/// batches made, and at least what it had flushed.
class RocksTierKillTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 2);
  private static final int FLUSHES_MAX = 40;

  /// So that memtables are also flushed, and files compacted, when nobody asks for it.
  private static final TierOptions OPTIONS = new TierOptions(4 << 20, 256 << 10, 64);

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  RocksTierKillTest() {
    System.out.println("RocksTierKillTest -Dseed=" + seed);
  }

  @Test
  void whatIsLeftIsAPrefixWithAllThatWasFlushed(@TempDir Path directory)
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      Path tier = directory.resolve("round" + round);
      long batches = random.nextLong();
      long flushed = writeUntilKilled(tier, batches);
      assertPrefix(tier, batches, flushed);
    }
  }

  /// Returns the number of the last batch that was flushed, as far as the process could tell.
  private long writeUntilKilled(Path tier, long batches) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RocksTierKillTest.class.getName(),
                tier.toString(),
                Long.toString(batches))
            .redirectError(Redirect.INHERIT)
            .start();
    long flushed = 0;
    try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
      for (int left = 1 + random.nextInt(FLUSHES_MAX); left > 0; left--) {
        flushed = Long.parseLong(lines.readLine());
      }
      // Not the process's own: that would close the stream, and what is still in it would be lost.
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        flushed = Long.parseLong(line);
      }
    }
    writer.waitFor();
    return flushed;
  }

  private static void assertPrefix(Path directory, long batches, long flushed) {
    try (Tier tier = RocksTier.open(directory, OPTIONS)) {
      Writer writer = new Writer(batches);
      Stored marker = tier.get(Writer.MARKER.database(), Writer.MARKER.key());
      long written = marker == null ? 0 : marker.lsn();
      assertThat(written).isGreaterThanOrEqualTo(flushed);
      while (writer.number < written) {
        writer.next();
      }
      TierAssertions.assertMatches(tier, writer.state, writer.source.nextDatabase());
    }
  }

  /// The process that is killed: tells the number of the last batch after each flush.
  public static void main(String[] args) {
    Writer writer = new Writer(Long.parseLong(args[1]));
    try (Tier tier = RocksTier.open(Path.of(args[0]), OPTIONS)) {
      while (true) {
        tier.write(writer.next());
        if (writer.random.nextInt(20) == 0) {
          tier.flush();
          System.out.println(writer.number);
        }
      }
    }
  }

  /// The batches of a seed, each with its number, and what they make.
  private static final class Writer {
    static final TierBatch.Place MARKER =
        new TierBatch.Place(Integer.MAX_VALUE, 0, Bytes.utf8("number"));

    final RandomGenerator random;
    final BatchSource source;
    final TierState state = new TierState();
    long number;

    Writer(long seed) {
      random = new Random(seed);
      source = new BatchSource(new Random(~seed));
    }

    TierBatch next() {
      number++;
      TierBatch batch = source.next(state);
      Stored marker = new Stored(number, 0, false, 0, -1, Bytes.EMPTY);
      batch.change(MARKER, new TierBatch.Change(marker, number > 1, false, false));
      state.apply(batch);
      return batch;
    }
  }
}
