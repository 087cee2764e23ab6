package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.base.Decimal;
import io.karst.base.Glob;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Reply;
import io.karst.engine.ElementVisitor;
import io.karst.engine.Elements;
import io.karst.engine.SortedSetView;
import io.karst.value.Scores;
import org.jspecify.annotations.Nullable;

/// `HSCAN` and its relatives: some elements of a collection, and the cursor to go on with, 0 at the
/// end.
///
/// An element that is there from the first call to the last is shown at least once, whatever
/// changes in between. A small collection is shown at once, whatever the count.
public final class ElementScan implements ElementVisitor {
  private static final int COUNT_DEFAULT = 10;

  private final BulkList found = new BulkList();
  private @Nullable Glob pattern;
  private int count = COUNT_DEFAULT;
  private boolean values;

  /// Whether the values are scores, which are shown as text.
  private final boolean scored;

  private ElementScan(boolean values, boolean scored) {
    this.values = values;
    this.scored = scored;
  }

  /// `ZSCAN`: the values are scores, shown as text.
  public static Reply scan(SortedSetView set, long cursor, Args args) {
    return run(new ElementScan(true, true), set, cursor, args);
  }

  /// Runs a scan whose options begin at word 3; they are not looked at if there is no key.
  ///
  /// - `values`: whether elements have a value, which is shown unless the options say otherwise.
  public static Reply scan(Elements elements, long cursor, Args args, boolean values) {
    return run(new ElementScan(values, false), elements, cursor, args);
  }

  private static Reply run(ElementScan scan, Elements elements, long cursor, Args args) {
    long next = 0;
    if (elements.exists()) {
      scan.readOptions(args);
      next = elements.scan(cursor, scan.count, scan);
    }
    return Reply.array(Reply.bulk(Decimal.of(next)), new Reply.Strings(scan.found));
  }

  @Override
  public void visit(Bytes element, Bytes value) {
    if (pattern == null || pattern.matches(element)) {
      found.add(element);
      if (values) {
        found.add(scored ? Scores.text(Scores.ofBytes(value)) : value);
      }
    }
  }

  private void readOptions(Args args) {
    boolean hidesValues = values && !scored;
    for (int i = 3; i < args.count(); i += 2) {
      if (args.is(i, "NOVALUES")) {
        if (!hidesValues) {
          throw CommandException.err("NOVALUES option can only be used in HSCAN");
        }
        values = false;
        i--;
      } else if (i + 1 == args.count()) {
        throw CommandException.syntax();
      } else if (args.is(i, "COUNT")) {
        count = count(args.int64(i + 1));
      } else if (args.is(i, "MATCH")) {
        pattern = Glob.of(args.bytes(i + 1));
      } else {
        throw CommandException.syntax();
      }
    }
  }

  private static int count(long value) {
    if (value < 1) {
      throw CommandException.syntax();
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }
}
