package io.karst.commands.sortedset;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.commands.sortedset.Combination.Kind;
import io.karst.commands.sortedset.Combination.Member;
import io.karst.engine.SortedSetBuilder;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import java.util.List;
import java.util.Locale;

/// `ZUNION`, `ZINTER`, `ZDIFF`, and the same with `STORE`: sets put together.
@AutoService(Operation.class)
public final class Combine implements Operation {
  private static final String OPTIONS =
      " [WEIGHTS weight [weight ...]] [AGGREGATE <SUM | MIN | MAX | COUNT>]";

  @Override
  public List<Command> commands() {
    return List.of(
        answer("ZUNION", OPTIONS, "Unites sorted sets.", Kind.UNION),
        answer("ZINTER", OPTIONS, "Intersects sorted sets.", Kind.INTERSECTION),
        answer("ZDIFF", "", "Subtracts sorted sets from the first.", Kind.DIFFERENCE),
        store("ZUNIONSTORE", "2.0.0", OPTIONS, "Stores the union of sorted sets.", Kind.UNION),
        store(
            "ZINTERSTORE",
            "2.0.0",
            OPTIONS,
            "Stores the intersection of sorted sets.",
            Kind.INTERSECTION),
        store("ZDIFFSTORE", "6.2.0", "", "Stores the difference of sorted sets.", Kind.DIFFERENCE));
  }

  private static Command answer(String name, String options, String summary, Kind kind) {
    return read(
            name + " numkeys key [key ...]" + options + " [WITHSCORES]",
            "6.2.0",
            summary,
            (tx, args) -> answer(tx, args, name, kind))
        .complexity(complexity(kind));
  }

  private static Command store(
      String name, String since, String options, String summary, Kind kind) {
    return write(
            name + " destination numkeys key [key ...]" + options,
            since,
            summary,
            (tx, args) -> store(tx, args, name, kind))
        .denyOom()
        .complexity(complexity(kind));
  }

  private static String complexity(Kind kind) {
    return switch (kind) {
      case UNION -> "O(N)+O(M*log(M)), N being the number of all members and M that of the result";
      case INTERSECTION ->
          "O(N*K)+O(M*log(M)), N being the number of members of the smallest of K sets and M that"
              + " of the result";
      case DIFFERENCE ->
          "O(N*K)+O(M*log(M)), N being the number of members of the first of K sets and M that of"
              + " the result";
    };
  }

  private static Reply answer(Tx tx, Args args, String name, Kind kind) {
    Operands operands = Operands.read(tx, args, 1, name.toLowerCase(Locale.ROOT));
    boolean weighs = kind != Kind.DIFFERENCE;
    Weighting weighting = Weighting.read(args, operands.end, operands.count(), weighs, false);
    List<Member> members = Combination.of(kind, operands, weighting);
    Combination.sort(members);
    Pairs found = new Pairs(weighting.withScores());
    members.forEach(member -> found.visit(member.bytes(), member.score()));
    return found.reply();
  }

  private static Reply store(Tx tx, Args args, String name, Kind kind) {
    Operands operands = Operands.read(tx, args, 2, name.toLowerCase(Locale.ROOT));
    boolean weighs = kind != Kind.DIFFERENCE;
    Weighting weighting = Weighting.read(args, operands.end, operands.count(), weighs, true);
    SortedSetBuilder result = tx.values().newSortedSet();
    Combination.of(kind, operands, weighting)
        .forEach(member -> result.add(member.bytes(), member.score(), Record.NO_EXPIRY));
    return Reply.of(tx.values().put(args.key(1), result));
  }
}
