package io.karst.server.operations.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Reply;
import io.karst.server.config.MemoryDirectives;
import io.karst.server.operations.Harness;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerCommandsTest {
  private final Harness server = new Harness();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void timeIsSecondsAndMicroseconds() {
    assertThat(server.text("TIME")).matches("\\[\\d{10}, \\d{1,6}]");
  }

  @Test
  void theRoleIsMasterWithoutReplicas() {
    assertThat(server.text("ROLE")).isEqualTo("[master, 0, []]");
  }

  @Test
  void shutdownIsNotAnsweredAndBeginsOnce() {
    AtomicInteger begun = new AtomicInteger();
    server.server().onShutdown(begun::incrementAndGet);
    assertThat(server.text("SHUTDOWN", "foo")).isEqualTo("ERR syntax error");
    assertThat(server.text("SHUTDOWN", "SAVE", "NOSAVE")).isEqualTo("ERR syntax error");
    assertThat(server.text("SHUTDOWN", "ABORT", "NOW")).isEqualTo("ERR syntax error");
    assertThat(server.text("SHUTDOWN", "ABORT")).isEqualTo("ERR No shutdown in progress.");
    assertThat(server.text("SHUTDOWN", "SAVE")).startsWith("ERR This server keeps data in memory");
    assertThat(begun).hasValue(0);
    assertThat(server.text("SHUTDOWN", "nosave", "now")).isEqualTo("(none)");
    assertThat(begun).hasValue(1);
  }

  @Test
  void whatIsInMemoryOnlyCannotBeSaved() {
    String line = "ERR This server keeps data in memory only and cannot save it";
    assertThat(server.text("SAVE")).isEqualTo(line);
    assertThat(server.text("BGSAVE")).isEqualTo(line);
    assertThat(server.text("BGREWRITEAOF")).isEqualTo(line);
    assertThat(server.text("LASTSAVE")).matches("\\d{10}");
    server.run("SET", "k", "v");
    server.run("DEL", "k");
    assertThat(server.text("INFO", "persistence"))
        .contains("rdb_changes_since_last_save:2\r\n", "aof_enabled:0\r\n")
        .doesNotContain("wal_", "lsm_");
  }

  @Test
  void activeExpiryCanBeTurnedOff() {
    assertThat(server.text("DEBUG", "SET-ACTIVE-EXPIRE", "0")).isEqualTo("OK");
    assertThat(server.server().config().value(MemoryDirectives.ACTIVE_EXPIRE)).isFalse();
    assertThat(server.text("DEBUG", "SET-ACTIVE-EXPIRE", "2"))
        .isEqualTo("ERR value is not an integer or out of range");
    assertThat(server.text("DEBUG", "PAUSE-CRON", "0")).isEqualTo("OK");
    assertThat(server.server().config().value(MemoryDirectives.ACTIVE_EXPIRE)).isTrue();
    assertThat(server.text("DEBUG", "PAUSE-CRON", "1")).isEqualTo("OK");
    assertThat(server.server().config().value(MemoryDirectives.ACTIVE_EXPIRE)).isFalse();
  }

  @Test
  void debugSleepTakesSeconds() {
    assertThat(server.text("DEBUG", "SLEEP", "0.001")).isEqualTo("OK");
    assertThat(server.text("DEBUG", "SLEEP", "x")).isEqualTo("ERR value is not a valid float");
    assertThat(server.text("DEBUG", "SLEEP", "-1")).isEqualTo("ERR value is out of range");
    assertThat(server.text("DEBUG", "SLEEP", "nan")).startsWith("ERR value is");
  }

  @Test
  void debugProtocolAnswersEachKindOfReply() {
    assertThat(server.run("DEBUG", "PROTOCOL", "bignum")).isInstanceOf(Reply.BigNumber.class);
    assertThat(server.run("DEBUG", "PROTOCOL", "Map")).isInstanceOf(Reply.Dictionary.class);
    assertThat(server.run("DEBUG", "PROTOCOL", "attrib")).isInstanceOf(Reply.Attributed.class);
    assertThat(server.run("DEBUG", "PROTOCOL", "null")).isEqualTo(Reply.NIL);
    assertThat(server.text("DEBUG", "PROTOCOL", "verbatim")).contains("verbatim\nstring");
    assertThat(server.text("DEBUG", "PROTOCOL", "x")).startsWith("ERR there is no such kind");
  }

  @Test
  void debugJmapShowsTheJvm() {
    assertThat(server.text("DEBUG", "JMAP")).contains("pool ", "collector ", "threads: ");
  }

  @Test
  void memoryReportsAnswer() {
    assertThat(server.text("MEMORY", "STATS")).contains("total.allocated", "keys.count, 0");
    assertThat(server.text("MEMORY", "DOCTOR")).startsWith("Little memory is in use");
    assertThat(server.text("MEMORY", "MALLOC-STATS")).contains("slack: ");
    assertThat(server.text("MEMORY", "PURGE")).isEqualTo("OK");
  }

  @Test
  void lolwutDrawsTheSameCaveFromTheSameSeed() {
    String cave = new Cave(new SplittableRandom(7)).text();
    assertThat(cave).isEqualTo(new Cave(new SplittableRandom(7)).text());
    assertThat(cave.lines().map(String::length).distinct()).containsExactly(62);
    assertThat(server.text("LOLWUT")).contains("Karst ver. ", "Redis ver. ");
    assertThat(server.text("LOLWUT", "VERSION", "x"))
        .isEqualTo("ERR value is not an integer or out of range");
  }

  @Test
  void infoIsTextThatTheProtocolMarksAsSuch() {
    Reply reply = server.run("INFO", "server", "foo", "REPLICATION");
    assertThat(reply).isInstanceOf(Reply.Verbatim.class);
    assertThat(Harness.text(reply))
        .startsWith("# Server\r\nredis_version:7.4.0\r\nkarst_version:")
        .contains("\r\n\r\n# Replication\r\nrole:master\r\n")
        .doesNotContain("# Clients");
    assertThat(server.text("INFO", "nothing")).isEmpty();
  }
}
