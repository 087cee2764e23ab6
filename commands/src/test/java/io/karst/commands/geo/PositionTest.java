package io.karst.commands.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PositionTest {
  private static final String WRONG_TYPE =
      "!WRONGTYPE Operation against a key holding the wrong kind of value";

  private final TestStore store = new TestStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void holds(String line, String reply) {
    assertThat(store.line(line)).as(line).isEqualTo(reply);
  }

  @Test
  void scoresAreThoseOfRedis() {
    store.line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
    holds("ZRANGE g 0 -1 WITHSCORES", "[Palermo, 3479099956230698, Catania, 3479447370796909]");
  }

  @Test
  void tellsPlacesAndTheirText() {
    store.line("GEOADD g 13.361389 38.115556 Palermo");
    holds("GEOPOS g Palermo none", "[[13.36138933897018433, 38.11555639549629859], nil]");
    holds("GEOHASH g Palermo none", "[sqc8b49rny0, nil]");
  }

  @Test
  void tellsDistances() {
    store.line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
    holds("GEODIST g Palermo Catania", "166274.1516");
    holds("GEODIST g Palermo Catania km", "166.2742");
    holds("GEODIST g Palermo none", "nil");
    holds(
        "GEODIST g Palermo Catania x", "!ERR unsupported unit provided. please use M, KM, FT, MI");
  }

  @Test
  void addsAsOptionsSay() {
    holds("GEOADD g 1 1 a", "1");
    holds("GEOADD g NX 2 2 a", "0");
    holds("GEOADD g XX CH 2 2 a 3 3 b", "1");
    holds("GEOADD g NX XX 1 1 a", "!ERR syntax error");
  }

  @Test
  void anErrorLeavesAllUnchanged() {
    holds("GEOADD g 1 1 a 181 1 b", "!ERR invalid longitude,latitude pair 181.000000,1.000000");
    holds("EXISTS g", "0");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("GEOADD s 1 1 a", WRONG_TYPE);
    holds("GEOPOS s a", WRONG_TYPE);
  }
}
