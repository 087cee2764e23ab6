package io.karst.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random scripts, whose values and whose commands' replies come out as those of a `redis-server`
/// 7.0, in both versions of the protocol.
///
/// `-Dseed=` repeats a run, `-Drounds=` makes it longer.
@Timeout(300)
final class ScriptDifferentialTest {
  private static final long SEED = Long.getLong("seed", 20_261_128);
  private static final int ROUNDS = Integer.getInteger("rounds", 10);
  private static final int SCRIPTS = 300;

  @Test
  void scriptsAnswerAsThoseOfRedis() throws IOException {
    if (!RealRedis.isInstalled()) {
      return;
    }
    System.out.println("seed " + SEED);
    try (RealRedis redis = RealRedis.start();
        KarstServer karst = KarstServer.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        try (RespClient theirs = redis.connect();
            RespClient ours = karst.connect()) {
          round(SEED + round, round % 2 == 1, theirs, ours);
        }
      }
    }
  }

  private static void round(long seed, boolean resp3, RespClient theirs, RespClient ours)
      throws IOException {
    RandomScripts scripts = new RandomScripts(new Random(seed));
    theirs.ask("FLUSHALL");
    ours.ask("FLUSHALL");
    if (resp3) {
      theirs.ask("HELLO", "3");
      ours.ask("HELLO", "3");
    }
    for (int i = 0; i < SCRIPTS; i++) {
      String script = scripts.next();
      String argument = scripts.string();
      String expected = theirs.ask("EVAL", script, "2", "k", "z", argument);
      String actual = ours.ask("EVAL", script, "2", "k", "z", argument);
      assertThat(Words.escaped(actual))
          .as("seed %d, script %d: %s, with %s", seed, i, script, Words.escaped(argument))
          .isEqualTo(Words.escaped(expected));
    }
  }
}
