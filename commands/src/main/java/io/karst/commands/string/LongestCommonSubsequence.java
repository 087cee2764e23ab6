package io.karst.commands.string;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// `LCS`: the longest common subsequence of two strings; its length; or where its runs are.
///
/// A missing key counts as the empty string. Strings whose product of lengths would take Redis
/// more memory than the longest string may have are refused, as there; here they take a 32nd.
@AutoService(Operation.class)
public final class LongestCommonSubsequence implements Operation {
  private static final int CELL_SIZE = 4;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "LCS key1 key2 [LEN] [IDX] [MINMATCHLEN min-match-len] [WITHMATCHLEN]",
                "7.0.0",
                "Returns the longest common subsequence of two strings.",
                LongestCommonSubsequence::subsequence)
            .complexity("O(N*M), N and M being the lengths of the strings"));
  }

  private static Reply subsequence(Tx tx, Args args) {
    checkType(tx, args.key(1));
    checkType(tx, args.key(2));
    Options options = new Options(args);
    Bytes first = value(tx, args.key(1));
    Bytes second = value(tx, args.key(2));
    long cells = (first.length() + 1L) * (second.length() + 1L);
    if (cells * CELL_SIZE > tx.stringLimit()) {
      throw CommandException.err(
          "Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    SubsequenceTable table = new SubsequenceTable(first.toArray(), second.toArray());
    if (options.length) {
      return Reply.of(table.length());
    }
    return options.indexes ? runs(table, options) : new Reply.Bulk(Bytes.of(table.subsequence()));
  }

  private static void checkType(Tx tx, Key key) {
    ValueType type = tx.type(key);
    if (type != null && type != ValueType.STRING) {
      throw CommandException.err("The specified keys must contain string values");
    }
  }

  private static Bytes value(Tx tx, Key key) {
    Bytes value = tx.wholeString(key);
    return value == null ? Bytes.EMPTY : value;
  }

  private static Reply runs(SubsequenceTable table, Options options) {
    List<Reply> matches = new ArrayList<>();
    table.forEachRun((first, second, length) -> {
      if (length >= options.minLength) {
        matches.add(run(first, second, length, options.withLengths));
      }
    });
    return new Reply.Dictionary(
        List.of(
            Reply.bulk("matches"),
            new Reply.Array(matches),
            Reply.bulk("len"),
            Reply.of(table.length())));
  }

  private static Reply run(int first, int second, int length, boolean withLength) {
    Reply inFirst = Reply.array(Reply.of(first), Reply.of(first + length - 1L));
    Reply inSecond = Reply.array(Reply.of(second), Reply.of(second + length - 1L));
    return withLength
        ? Reply.array(inFirst, inSecond, Reply.of(length))
        : Reply.array(inFirst, inSecond);
  }

  private static final class Options {
    private boolean length;
    private boolean indexes;
    private boolean withLengths;
    private long minLength;

    private Options(Args args) {
      for (int i = 3; i < args.count(); i++) {
        if (args.is(i, "LEN")) {
          length = true;
        } else if (args.is(i, "IDX")) {
          indexes = true;
        } else if (args.is(i, "WITHMATCHLEN")) {
          withLengths = true;
        } else if (args.is(i, "MINMATCHLEN") && i + 1 < args.count()) {
          minLength = args.int64(++i);
        } else {
          throw CommandException.syntax();
        }
      }
      if (length && indexes) {
        throw CommandException.err("If you want both the length and indexes, please just use IDX.");
      }
    }
  }
}
