package io.karst.commands.generic;

import static io.karst.commands.Command.read;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.commands.Args;
import io.karst.commands.Command;
import io.karst.commands.Operation;
import io.karst.commands.Reply;
import io.karst.engine.KeyRange;
import io.karst.engine.Tx;
import io.karst.memory.Record;
import io.karst.value.ValueType;
import java.util.ArrayList;
import java.util.List;

/// `SCAN`: some keys, and the cursor to go on with, 0 at the end.
///
/// A key that is there from the first call to the last is shown at least once, whatever changes in
/// between. A pattern that tells a slot visits that slot only. Of the arguments, all but the
/// cursor may change from call to call. Where keys are ordered on disk, a pattern of which few keys
/// have the beginning is answered at once.
@AutoService(Operation.class)
public final class Scan implements Operation {
  /// Keys with the beginning of a pattern that are visited in one call.
  private static final int AT_ONCE_MAX = 1000;

  @Override
  public List<Command> commands() {
    return List.of(
        read(
                "SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]",
                "2.8.0",
                "Lists keys step by step.",
                Scan::scan)
            .noKeys()
            .slow() // It may have to read from disk.
            .complexity("O(1) for a call, O(N) for all, N being the number of keys")
            .tips("nondeterministic_output", "request_policy:special")
            .history("6.0.0", "Takes `TYPE`."));
  }

  private static Reply scan(Tx tx, Args args) {
    long cursor = Cursor.parse(args.bytes(1));
    ScanOptions options = ScanOptions.read(args, 2);
    ScanCollector found = new ScanCollector(options);
    if (cursor == 0 && scanPrefix(tx, options, found)) {
      return Reply.array(Reply.bulk(Decimal.of(0)), new Reply.Strings(found.keys()));
    }
    long next = tx.all().scan(cursor, options.count(), options.onlySlot(), found);
    return Reply.array(Reply.bulk(Decimal.of(next)), new Reply.Strings(found.keys()));
  }

  /// Answers all keys with the beginning of the pattern, if they are few; false if there is no such
  /// beginning, or there are many: then nothing has been found.
  private static boolean scanPrefix(Tx tx, ScanOptions options, ScanCollector found) {
    KeyPattern pattern = options.pattern();
    if (pattern == null || pattern.prefix().isEmpty() || !tx.all().ordered()) {
      return false;
    }
    int most = Math.max(options.count(), AT_ONCE_MAX);
    List<Key> keys = new ArrayList<>();
    tx.all()
        .range(
            KeyRange.prefix(pattern.prefix()),
            most == Integer.MAX_VALUE ? most : most + 1,
            false,
            false,
            (key, type, expiryMillis, string) -> keys.add(new Key(key, type)));
    if (keys.size() > most) {
      return false;
    }
    keys.forEach(key -> found.visit(key.bytes(), key.type(), Record.NO_EXPIRY));
    return true;
  }

  private record Key(Bytes bytes, ValueType type) {}
}
