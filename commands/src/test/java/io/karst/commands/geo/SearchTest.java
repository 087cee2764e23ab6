package io.karst.commands.geo;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchTest {
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
  void findsWhatIsInACircle() {
    store.line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
    holds("GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC", "[Catania, Palermo]");
    holds("GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 100 km", "[Catania]");
    holds("GEORADIUS g 15 37 200 km WITHDIST DESC", "[[Palermo, 190.4424], [Catania, 56.4413]]");
    holds("GEORADIUSBYMEMBER g Palermo 1 m", "[Palermo]");
  }

  @Test
  void findsWhatIsInABox() {
    store.line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
    holds("GEOSEARCH g FROMLONLAT 15 37 BYBOX 400 400 km DESC", "[Palermo, Catania]");
    holds("GEOSEARCH g FROMLONLAT 15 37 BYBOX 40 400 km", "[Catania]");
  }

  @Test
  void storesScoresOrDistances() {
    store.line("GEOADD g 13.361389 38.115556 Palermo");
    holds("GEOSEARCHSTORE d g FROMMEMBER Palermo BYRADIUS 1 km", "1");
    holds("ZSCORE d Palermo", "3.479099956230698E15");
    holds("GEOSEARCHSTORE d g FROMMEMBER Palermo BYRADIUS 1 km STOREDIST", "1");
    holds("ZSCORE d Palermo", "0.0");
    holds("GEORADIUS g 0 0 1 km STORE d", "0");
    holds("EXISTS d", "0");
  }

  @Test
  void countsTheNearest() {
    store.line("GEOADD g 1 1 a 2 2 b 3 3 c");
    holds("GEOSEARCH g FROMLONLAT 3 3 BYRADIUS 999 km COUNT 2", "[c, b]");
    holds(
        "GEOSEARCH g FROMLONLAT 3 3 BYRADIUS 999 km ANY",
        "!ERR the ANY argument requires COUNT argument");
  }

  @Test
  void refusesHalfAShape() {
    store.line("GEOADD g 1 1 a");
    holds(
        "GEOSEARCH g FROMMEMBER a ASC COUNT 1",
        "!ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH");
    holds(
        "GEOSEARCH g BYRADIUS 1 km ASC DESC",
        "!ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for GEOSEARCH");
    holds("GEOSEARCH g FROMMEMBER x BYRADIUS 1 km", "!ERR could not decode requested zset member");
  }

  @Test
  void findsAcrossTheDateLine() {
    store.line("GEOADD g 179.9 10 east -179.9 10 west");
    holds("GEOSEARCH g FROMLONLAT 179.99 10 BYRADIUS 50 km ASC", "[east, west]");
  }

  @Test
  void refusesAnotherType() {
    store.line("SET s x");
    holds("GEOSEARCH s FROMMEMBER a BYRADIUS 1 km", WRONG_TYPE);
    holds("GEORADIUS s 1 1 1 km", WRONG_TYPE);
  }
}
