package io.karst.server.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Words that are nearly rules are rules, or are refused and change nothing.
final class RuleNoiseTest {
  private static final int ROUNDS = 10_000;

  private static final List<String> PIECES =
      List.of(
          "on",
          "off",
          "+",
          "-",
          "@",
          "all",
          "read",
          "get",
          "config",
          "|",
          "set",
          "~",
          "%",
          "R",
          "W",
          "&",
          "*",
          "(",
          ")",
          " ",
          ">",
          "<",
          "#",
          "!",
          "reset",
          "keys",
          "pass",
          "nopass",
          "\0",
          "\n",
          "\u00ff",
          "0123456789abcdef".repeat(4),
          "clearselectors",
          "[",
          "\\",
          "?");

  private static final List<String> RULES =
      List.of(
          "on",
          "off",
          "nopass",
          ">a",
          ">b",
          "<a",
          "resetpass",
          "+get",
          "-config|set",
          "+select|0",
          "+@read",
          "-@all",
          "~a*",
          "%R~b",
          "%W~*",
          "%R~*",
          "&c",
          "resetkeys",
          "resetchannels",
          "(~x +@all)",
          "(%R~*",
          "+mget)",
          "clearselectors",
          "reset");

  @Test
  void changesNothingThatIsRefused() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Users users = new Users(CommandTable.load());
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> rules = words(random);
      Bytes name = Latin1.bytes(random.nextInt(9) == 0 ? piece(random) : "u" + random.nextInt(20));
      List<String> before = lines(users);
      try {
        users.set(name, rules);
      } catch (RuleException wrong) {
        refused++;
        assertThat(wrong.line("rule")).isNotEmpty();
        assertThat(lines(users)).as("seed %d, round %d: %s", seed, round, rules).isEqualTo(before);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @Test
  void whatIsAcceptedIsReadBackAsItWas() throws RuleException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    CommandTable table = CommandTable.load();
    for (int round = 0; round < ROUNDS; round++) {
      Users users = new Users(table);
      try {
        users.set(Bytes.utf8("u"), words(random));
      } catch (RuleException wrong) {
        continue;
      }
      String rules = users.find(Bytes.utf8("u")).user().rules();
      users.set(Bytes.utf8("again"), RuleWords.split(rules));
      assertThat(users.find(Bytes.utf8("again")).user().rules())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(rules);
    }
  }

  private static List<String> lines(Users users) {
    return users.all().stream().map(account -> account.user().line()).toList();
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      if (random.nextInt(4) > 0) {
        words.add(RULES.get(random.nextInt(RULES.size())));
        continue;
      }
      StringBuilder word = new StringBuilder();
      for (int pieces = 1 + random.nextInt(3); pieces > 0; pieces--) {
        word.append(piece(random));
      }
      if (random.nextInt(4) == 0 && !word.isEmpty()) {
        word.setCharAt(random.nextInt(word.length()), (char) random.nextInt(256));
      }
      words.add(word.toString());
    }
    return words;
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
