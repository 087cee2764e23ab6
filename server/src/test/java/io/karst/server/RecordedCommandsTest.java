package io.karst.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every command of the build that Redis 7.0 has, too, is to clients, proxies and access rules what
/// it is there: arity, keys, flags, categories, and what it does to its keys.
final class RecordedCommandsTest {
  /// Fields of a line of the record.
  private static final List<String> FIELDS =
      List.of("name", "arity", "first", "last", "step", "flags", "categories", "key flags");

  /// `command field`, and why Karst differs.
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "command|getkeys arity", "Redis 7.2 takes a command of one word, 7.0 did not",
          "command|getkeysandflags arity", "as command|getkeys",
          "config|rewrite flags", "writes a file, which is not done under locks",
          "memory|purge flags", "takes locks one by one, which is not done under others",
          "migrate flags", "waits for the network, which is not done under locks",
          "multi arity", "takes ATOMIC",
          "debug flags", "a container here: its subcommands have them",
          "debug categories", "as debug flags",
          "zrank arity", "takes WITHSCORE, as in Redis 7.2",
          "zrevrank arity", "as zrank");

  @TestFactory
  List<DynamicTest> areWhatTheyAreInRedis() throws IOException {
    Map<String, Command> commands = commands();
    return record().stream()
        .filter(line -> commands.containsKey(line[0]))
        .map(line -> DynamicTest.dynamicTest(line[0], () -> check(line, commands.get(line[0]))))
        .toList();
  }

  @Test
  void haveNoExceptionThatIsNotNeeded() throws IOException {
    Map<String, Command> commands = commands();
    List<String> differing = new ArrayList<>();
    for (String[] line : record()) {
      Command command = commands.get(line[0]);
      if (command != null) {
        differences(line, command).forEach(field -> differing.add(line[0] + " " + field));
      }
    }
    assertThat(differing).containsAll(EXCEPTIONS.keySet());
  }

  private static void check(String[] line, Command command) {
    List<String> differences = differences(line, command);
    differences.removeIf(field -> EXCEPTIONS.containsKey(line[0] + " " + field));
    assertThat(differences)
        .as("%s: recorded %s, derived %s", line[0], List.of(line), facts(command))
        .isEmpty();
  }

  private static List<String> differences(String[] line, Command command) {
    List<String> facts = facts(command);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (!set(facts.get(i)).equals(set(line[i]))) {
        differences.add(FIELDS.get(i));
      }
    }
    return differences;
  }

  private static List<String> facts(Command command) {
    return List.of(
        command.fullName(),
        String.valueOf(command.arity()),
        String.valueOf(command.firstKey()),
        String.valueOf(command.lastKey()),
        String.valueOf(command.keyStep()),
        joined(command.flags().stream().filter(Flag::isShown).map(Flag::redisName)),
        joined(command.categories().stream().map(Category::redisName)),
        joined(
            command.keySpecs().stream()
                .map(KeySpec::flags)
                .flatMap(flags -> flags.stream().map(KeyFlag::redisName))));
  }

  private static String joined(Stream<String> words) {
    String joined = words.collect(Collectors.joining(","));
    return joined.isEmpty() ? "-" : joined;
  }

  private static Set<String> set(String words) {
    return new TreeSet<>(List.of(words.split("[,;+]")));
  }

  private static Map<String, Command> commands() {
    return CommandTable.load().all().stream()
        .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()))
        .collect(Collectors.toMap(Command::fullName, command -> command));
  }

  private static List<String[]> record() throws IOException {
    try (InputStream in =
        RecordedCommandsTest.class.getResourceAsStream("redis-7.0-commands.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .toList();
    }
  }
}
