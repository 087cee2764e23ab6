package io.karst.commands.string;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import java.util.List;

/// `GETRANGE`, `SUBSTR`: part of a string, by the offsets of its first and last byte.
///
/// Negative offsets count from the end, -1 being the last byte. What is out of the string is cut;
/// a missing key reads as the empty string.
@AutoService(Operation.class)
public final class GetRange implements Operation {
  private static final String COMPLEXITY = "O(N), N being the length of the part";

  @Override
  public List<Command> commands() {
    return List.of(
        read("GETRANGE key start end", "2.4.0", "Returns part of a string.", GetRange::get)
            .complexity(COMPLEXITY),
        read("SUBSTR key start end", "1.0.0", "Returns part of a string.", GetRange::get)
            .complexity(COMPLEXITY)
            .deprecated("2.0.0", "`GETRANGE`"));
  }

  private static Reply get(Tx tx, Args args) {
    long start = args.int64(2);
    long end = args.int64(3);
    Bytes value = tx.string(args.key(1));
    if (value == null || value.isEmpty() || (start < 0 && end < 0 && start > end)) {
      return new Reply.Bulk(Bytes.EMPTY);
    }
    int length = value.length();
    long first = Math.max(0, start < 0 ? start + length : start);
    long last = Math.min(length - 1, Math.max(0, end < 0 ? end + length : end));
    return new Reply.Bulk(
        first > last ? Bytes.EMPTY : value.slice((int) first, (int) (last - first + 1)));
  }
}
