package io.karst.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.base.CommandException;
import io.karst.eviction.EvictionPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private final Config config = Config.defaults();

  @Test
  void everyDefaultCanBeWrittenAndReadBack() throws Exception {
    for (Directive<?> directive : Directives.all()) {
      readBack(directive);
    }
  }

  private <T> void readBack(Directive<T> directive) throws Exception {
    T value = directive.byDefault();
    for (List<String> words : directive.lines(value)) {
      value = directive.kind().parse(words, value);
    }
    assertThat(value).as(directive.name()).isEqualTo(directive.byDefault());
    assertThat(directive.summary()).as(directive.name()).endsWith(".");
  }

  @Test
  void namesAreUniqueAndNotRedisNamesWeLack() {
    assertThat(new HashSet<>(Directives.all())).hasSize(Directives.all().size());
    for (Directive<?> directive : Directives.all()) {
      assertThat(Directives.find(directive.name())).isSameAs(directive);
      assertThat(RedisNames.contains(directive.name())).as(directive.name()).isFalse();
    }
  }

  @Test
  void setChangesAllThatItNames() {
    config.set(List.of("MaxClients", "5", "requirepass", "a b", "maxmemory", "1gb"));
    assertThat(config.value(ClientDirectives.MAXCLIENTS)).isEqualTo(5);
    assertThat(config.value(ClientDirectives.REQUIREPASS)).isEqualTo("a b");
    assertThat(config.text(MemoryDirectives.MAXMEMORY)).isEqualTo("1073741824");
  }

  @Test
  void setOfSeveralChangesNothingIfOneIsWrong() {
    List<Integer> seen = new ArrayList<>();
    config.follow(ClientDirectives.MAXCLIENTS, seen::add);
    assertError(
        List.of("maxclients", "5", "timeout", "x"),
        "ERR CONFIG SET failed (possibly related to argument 'timeout')"
            + " - argument couldn't be parsed into an integer");
    assertThat(config.value(ClientDirectives.MAXCLIENTS)).isEqualTo(10_000);
    assertThat(seen).containsExactly(10_000);
  }

  @Test
  void unknownNamesAreToldFirst() {
    assertError(
        List.of("port", "1", "zzz", "1"),
        "ERR Unknown option or number of arguments for CONFIG SET - 'zzz'");
  }

  @Test
  void fixedDirectivesCannotBeSet() {
    assertError(
        List.of("databases", "3"),
        "ERR CONFIG SET failed (possibly related to argument 'databases')"
            + " - can't set immutable config");
  }

  @Test
  void fixedDirectivesTakeTheValueTheyHave() {
    config.set(List.of("appendonly", "yes", "databases", "16"));
    assertError(
        List.of("appendonly", "no"),
        "ERR CONFIG SET failed (possibly related to argument 'appendonly')"
            + " - the history begins and ends at the start of the server only;"
            + " restart it with appendonly no");
  }

  @Test
  void rulesThatAreSetReplaceThoseBefore() {
    assertThat(config.text(DiskDirectives.SAVE)).isEqualTo("3600 1 300 100 60 10000");
    config.set(List.of("save", "900 1 5 7"));
    config.set(List.of("save", "60 10"));
    assertThat(config.text(DiskDirectives.SAVE)).isEqualTo("60 10");
    config.set(List.of("save", ""));
    assertThat(config.text(DiskDirectives.SAVE)).isEmpty();
    for (String wrong : List.of("60", "x 1", "0 1", "60 -1", "60 1 5")) {
      assertError(
          List.of("save", wrong),
          "ERR CONFIG SET failed (possibly related to argument 'save') - Invalid save parameters");
    }
  }

  @Test
  void withoutADirectoryNothingIsSaved() {
    Config memoryOnly = Config.memoryOnly();
    assertThat(memoryOnly.text(DiskDirectives.APPENDONLY)).isEqualTo("no");
    assertThat(memoryOnly.text(DiskDirectives.SAVE)).isEmpty();
    memoryOnly.set(List.of("save", "", "appendonly", "no"));
    assertThatThrownBy(() -> memoryOnly.set(List.of("appendonly", "yes")))
        .hasMessage(
            "ERR CONFIG SET failed (possibly related to argument 'appendonly')"
                + " - 'appendonly' needs a directory, and 'memory-only' has none");
    assertThatThrownBy(() -> memoryOnly.set(List.of("save", "60 1")))
        .hasMessage(
            "ERR CONFIG SET failed (possibly related to argument 'save')"
                + " - the server keeps data in memory only");
  }

  @Test
  void theDirectoryIsToldWithItsWholePath() {
    assertThat(config.value(DiskDirectives.DIR)).isEqualTo("./karst-data");
    assertThat(config.text(DiskDirectives.DIR))
        .isEqualTo(Path.of("karst-data").toAbsolutePath().toString());
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    assertError(
        List.of("timeout", "3", "TIMEOUT", "4"),
        "ERR CONFIG SET failed (possibly related to argument 'TIMEOUT') - duplicate parameter");
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    String failed = "ERR CONFIG SET failed (possibly related to argument '";
    assertError(
        List.of("maxclients", "0"),
        failed + "maxclients') - argument must be between 1 and 2147483647 inclusive");
    assertError(
        List.of("proto-max-bulk-len", "1"),
        failed + "proto-max-bulk-len') - argument must be between 1048576 and 536870912 inclusive");
    assertError(
        List.of("protected-mode", "maybe"),
        failed + "protected-mode') - argument must be 'yes' or 'no'");
    assertError(
        List.of("loglevel", "x"),
        failed
            + "loglevel') - argument(s) must be one of the following: debug, verbose, notice,"
            + " warning, nothing");
  }

  @Test
  void whatOthersWereToldStays() {
    config.set(ClusterDirectives.ENABLED, true);
    assertError(
        List.of("port", "7001"),
        "ERR CONFIG SET failed (possibly related to argument 'port') - the members of the"
            + " cluster, and their clients, were told it");
  }

  @Test
  void whatThisVersionHasNotIsRefusedWithTheReason() {
    config.set(List.of("tls-replication", "no"));
    String failed = "ERR CONFIG SET failed (possibly related to argument '";
    assertError(
        List.of("tls-replication", "yes"),
        failed
            + "tls-replication') - can't set immutable config: there are no replicas but the"
            + " members of a cluster; the only value it takes is no");
  }

  @Test
  void policiesHaveTheNamesOfRedisAndSpillIsTheDefaultOfAServerWithADirectory() {
    assertThat(config.text(MemoryDirectives.MAXMEMORY_POLICY)).isEqualTo("spill");
    Config memoryOnly = Config.memoryOnly();
    assertThat(memoryOnly.text(MemoryDirectives.MAXMEMORY_POLICY)).isEqualTo("noeviction");
    for (EvictionPolicy policy : EvictionPolicy.values()) {
      config.set(List.of("maxmemory-policy", policy.directive().toUpperCase(Locale.ROOT)));
      assertThat(config.value(MemoryDirectives.MAXMEMORY_POLICY)).isEqualTo(policy);
    }
    assertError(
        List.of("maxmemory-policy", "lru"),
        "ERR CONFIG SET failed (possibly related to argument 'maxmemory-policy') - argument(s) must"
            + " be one of the following: noeviction, allkeys-lru, allkeys-lfu, allkeys-random,"
            + " volatile-lru, volatile-lfu, volatile-random, volatile-ttl, spill");
  }

  @Test
  void spillIsRefusedWhereThereIsNoDirectory() {
    Setting memoryOnly = new Setting("a", "memory-only", List.of());
    Setting spill = new Setting("b", "maxmemory-policy", List.of("spill"));
    assertThatThrownBy(() -> Config.of(null, List.of(memoryOnly, spill)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'maxmemory-policy' needs a directory");
  }

  @Test
  void followersHearTheValueNowAndEveryChange() {
    List<Integer> timeouts = new ArrayList<>();
    config.follow(ClientDirectives.TIMEOUT, timeouts::add);
    config.set(List.of("timeout", "7", "maxclients", "3"));
    config.set(List.of("timeout", "7"));
    config.set(ClientDirectives.TIMEOUT, 8);
    assertThat(timeouts).containsExactly(0, 7, 8);
  }

  private void assertError(List<String> namesAndValues, String line) {
    assertThatThrownBy(() -> config.set(namesAndValues))
        .isInstanceOf(CommandException.class)
        .hasMessage(line);
  }
}
