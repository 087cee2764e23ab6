package io.karst.server.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.ChannelSpec;
import io.karst.commands.Command;
import io.karst.commands.CommandTable;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Random lists of rules allow what going through them one by one says, also after they have been
/// written down and read again.
final class RuleModelTest {
  private static final int ROUNDS = 2000;

  private static final CommandTable TABLE = table();

  private static final List<String> PATTERNS = List.of("*", "a*", "a:1", "b?", "[ab]*", "x");
  private static final List<String> KEYS = List.of("a", "a:1", "b1", "b", "x", "");
  private static final List<String> COMMANDS =
      List.of("get", "set", "mget", "config", "config|get", "client|id", "publish", "rename");
  private static final List<String> CATEGORIES =
      List.of("all", "read", "write", "string", "admin", "dangerous", "connection", "pubsub");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void allowWhatTheyAllowOneByOne() throws RuleException {
    System.out.println("seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> rules = new ArrayList<>();
      User user = user(rules);
      String written = user.rules();
      User again = made(List.of(written.split(" ", -1)));
      assertThat(again.rules()).as("seed %d, round %d", seed, round).isEqualTo(written);
      for (int question = 0; question < 20; question++) {
        Args args = question();
        boolean expected = allows(new NaiveRights(rules), args);
        String context = "seed %d, round %d: %s of %s".formatted(seed, round, text(args), rules);
        assertThat(isAllowed(user, args)).as(context).isEqualTo(expected);
        assertThat(isAllowed(again, args)).as(context + ", written").isEqualTo(expected);
      }
    }
  }

  private static boolean isAllowed(User user, Args args) {
    return new Guard().denial(user, TABLE.find(args), args) == null;
  }

  private static boolean allows(NaiveRights rights, Args args) {
    return rights.selectors().stream().anyMatch(selector -> allowsWhole(selector, args));
  }

  /// What the commands in [#question] do to their words is written here once more.
  private static boolean allowsWhole(NaiveRights rights, Args args) {
    Command command = TABLE.find(args);
    String first = args.count() > 1 ? args.bytes(1).utf8() : "";
    return rights.allowsCommand(command)
        && switch (command.fullName()) {
          case "get" -> rights.allowsKey(first, true, false);
          case "exists" -> rights.allowsKey(first, false, false);
          case "set" -> rights.allowsKey(first, args.count() == 4, true);
          case "mget" -> rights.allowsKey(first, true, false) && allowsSecond(rights, args, true);
          case "rename" -> rights.allowsKey(first, true, true) && allowsSecond(rights, args, false);
          case "publish" -> rights.allowsChannel(first, false);
          case "psubscribe" -> rights.allowsChannel(first, true);
          case "delprefix" -> rights.allowsKey("no rule but * names this", false, true);
          default -> true;
        };
  }

  private static boolean allowsSecond(NaiveRights rights, Args args, boolean reads) {
    return rights.allowsKey(args.bytes(2).utf8(), reads, !reads);
  }

  private Args question() {
    String key = one(KEYS);
    String[][] questions = {
      {"GET", key},
      {"EXISTS", key},
      {"SET", key, "v"},
      {"SET", key, "v", "GET"},
      {"MGET", key, one(KEYS)},
      {"RENAME", key, one(KEYS)},
      {"CONFIG", "GET", "*"},
      {"CONFIG", "SET", "a", "b"},
      {"CLIENT", "ID"},
      {"PUBLISH", key, "m"},
      {"PSUBSCRIBE", one(PATTERNS)},
      {"DELPREFIX", key}
    };
    return Args.of(questions[random.nextInt(questions.length)]);
  }

  private User user(List<String> applied) throws RuleException {
    User user = made(List.of());
    for (int left = random.nextInt(12); left > 0; left--) {
      String rule =
          random.nextInt(8) == 0 ? selector() : random.nextInt(12) == 0 ? whole() : rule();
      User before = user;
      try {
        user = changed(user, List.of(rule));
        applied.add(rule);
      } catch (RuleException wrong) {
        assertThat(wrong.line("rule")).contains("Adding a pattern after the *");
        assertThat(user).isEqualTo(before);
      }
    }
    return user;
  }

  private String selector() {
    // A pattern behind the pattern of all is an error; these begin with none.
    return "(" + one(List.of("+get", "+@read", "+@all", "-@all")) + " " + keyRule() + ")";
  }

  private String whole() {
    return one(List.of("reset", "clearselectors", "resetkeys", "resetchannels"));
  }

  private String rule() {
    return switch (random.nextInt(6)) {
      case 0 -> keyRule();
      case 1 -> "&" + one(PATTERNS);
      case 2 -> one(List.of("allcommands", "nocommands", "allchannels", "allkeys"));
      case 3, 4 -> one(List.of("+", "-")) + one(COMMANDS);
      default -> one(List.of("+@", "-@")) + one(CATEGORIES);
    };
  }

  private String keyRule() {
    return one(List.of("~", "%R~", "%W~", "%RW~")) + one(PATTERNS);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static User made(List<String> rules) throws RuleException {
    UserDraft draft = new UserDraft(TABLE, "somebody", false);
    draft.applyAll(rules);
    return draft.build();
  }

  private static User changed(User user, List<String> rules) throws RuleException {
    UserDraft draft = new UserDraft(TABLE, user, false);
    draft.applyAll(rules);
    return draft.build();
  }

  private static String text(Args args) {
    return Stream.of(args.from(0)).toList().toString();
  }

  /// All commands, and two about channels.
  private static CommandTable table() {
    List<Operation> operations = new ArrayList<>();
    ServiceLoader.load(Operation.class, Operation.class.getClassLoader()).forEach(operations::add);
    boolean known =
        operations.stream()
            .flatMap(operation -> operation.commands().stream())
            .anyMatch(command -> command.fullName().equals("psubscribe"));
    if (!known) {
      operations.add(new Channels());
    }
    return CommandTable.of(operations);
  }

  private static final class Channels implements Operation {
    @Override
    public List<Command> commands() {
      return List.of(
          Command.other("PUBLISH channel message", "2.0.0", "Sends.", (tx, args) -> Reply.OK)
              .channels(ChannelSpec.at(1)),
          Command.other("PSUBSCRIBE pattern", "2.0.0", "Listens.", (tx, args) -> Reply.OK)
              .channels(ChannelSpec.patternsFrom(1)));
    }
  }

  @Test
  void aNameIsBytes() throws RuleException {
    User user = made(List.of("~\u00e4\u00ff*", "+get", "on"));
    Args args = Args.of(Bytes.utf8("GET"), Latin1.bytes("\u00e4\u00ffz"));
    assertThat(isAllowed(user, args)).isTrue();
  }
}
