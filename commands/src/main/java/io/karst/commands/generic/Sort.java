package io.karst.commands.generic;

import static io.karst.commands.Command.read;
import static io.karst.commands.Command.write;

import com.google.auto.service.AutoService;
import io.karst.base.Bytes;
import io.karst.commands.Args;
import io.karst.commands.BulkList;
import io.karst.commands.Category;
import io.karst.commands.Command;
import io.karst.commands.Flag;
import io.karst.commands.KeyFlag;
import io.karst.commands.KeySpec;
import io.karst.commands.KeyUse;
import io.karst.commands.Operation;
import io.karst.commands.Reach;
import io.karst.commands.Reply;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.memory.Record;
import io.karst.value.RdbListWriter;
import io.karst.value.RdbType;
import io.karst.value.RdbWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// `SORT`, `SORT_RO`: the elements of a collection by their weight, answered, or stored as a list
/// that replaces whatever was there.
///
/// Keys named by patterns are read together with the rest: such a call runs with every slot locked,
/// off the event loop. Strings are compared byte by byte.
@AutoService(Operation.class)
public final class Sort implements Operation {
  private static final String OPTIONS =
      " [BY pattern] [LIMIT offset count] [GET pattern [GET pattern ...]] [ASC | DESC] [ALPHA]";

  private static final KeySpec SOURCE = KeySpec.at(1).flags(KeyFlag.READ_ONLY, KeyFlag.ACCESS);

  private static final KeySpec TARGET =
      KeySpec.keyword("STORE", -2, 0, 0).flags(KeyFlag.OVERWRITE, KeyFlag.UPDATE);

  @Override
  public List<Command> commands() {
    return List.of(
        refined(
                write(
                    "SORT key" + OPTIONS + " [STORE destination]",
                    "1.0.0",
                    "Sorts the elements of a collection.",
                    (tx, args) -> sort(tx, args, true)))
            .denyOom()
            .keys(SOURCE, TARGET),
        refined(
                read(
                    "SORT_RO key" + OPTIONS,
                    "7.0.0",
                    "Returns the elements of a collection sorted.",
                    (tx, args) -> sort(tx, args, false)))
            .flags(Flag.MOVABLE_KEYS)
            .keys(SOURCE));
  }

  private static Command refined(Command command) {
    return command
        .dangerous()
        .categories(Category.SET, Category.SORTED_SET, Category.LIST)
        .slow()
        .locksAllWhen(SortOptions::namesOtherKeys)
        .reaches(
            new Reach(KeyUse.READ, SortOptions::refusalOfPatterns),
            new Reach(KeyUse.BOTH, SortOptions::refusalOfTargets))
        .complexity(
            "O(N*log(N)), N being the number of elements, and O(1) for each pattern of each");
  }

  private static Reply sort(Tx tx, Args args, boolean stores) {
    SortOptions options = SortOptions.read(args, stores);
    Key key = args.key(1);
    boolean reversed =
        options.leavesOrder() && options.descending() && SortSource.isOrdered(tx, key);
    List<Bytes> sorted = sorted(tx, key, options);
    int from = Math.clamp(options.offset(), 0, sorted.size());
    long most = options.count() < 0 ? sorted.size() : options.count();
    int to = (int) Math.min(sorted.size(), from + Math.min(most, sorted.size()));
    List<Bytes> found = (reversed ? sorted.reversed() : sorted).subList(from, to);
    return options.target() == null
        ? reply(tx, found, options)
        : store(tx, found, options, options.target());
  }

  private static List<Bytes> sorted(Tx tx, Key key, SortOptions options) {
    boolean any = options.target() == null && !tx.repeatable();
    if (options.leavesOrder() && (any || SortSource.isOrdered(tx, key))) {
      List<Bytes> elements = new ArrayList<>();
      SortSource.forEach(tx, key, elements::add);
      return elements;
    }
    // What is stored of a set, or told to a script, is the same every time, whatever its order.
    boolean alphabetic = options.alphabetic() || options.leavesOrder();
    SortPattern by = options.leavesOrder() ? null : options.by();
    List<SortItem> items = new ArrayList<>();
    SortSource.forEach(
        tx,
        key,
        element -> {
          Bytes weight = by == null ? element : by.find(tx, element);
          items.add(
              alphabetic ? SortItem.lettered(element, weight) : SortItem.numbered(element, weight));
        });
    Comparator<SortItem> order = alphabetic ? SortItem.BY_TEXT : SortItem.BY_NUMBER;
    items.sort(options.descending() ? order.reversed() : order);
    return items.stream().map(SortItem::element).toList();
  }

  private static Reply reply(Tx tx, List<Bytes> found, SortOptions options) {
    BulkList items = new BulkList();
    forEach(tx, found, options, item -> items.add(item), items::addNil);
    return new Reply.Strings(items);
  }

  private static Reply store(Tx tx, List<Bytes> found, SortOptions options, Key target) {
    if (found.isEmpty()) {
      tx.delete(target);
      return Reply.ZERO;
    }
    RdbListWriter list = new RdbListWriter(false);
    forEach(tx, found, options, list::element, () -> list.element(Bytes.EMPTY));
    RdbWriter out = new RdbWriter(64);
    list.end(out);
    tx.values().restore(target, RdbType.LIST_QUICKLIST_2, out.bytes(), Record.NO_EXPIRY);
    return Reply.of((long) found.size() * Math.max(1, options.gets().size()));
  }

  /// Shows what the patterns of `GET` name, or the elements if there are none.
  private static void forEach(
      Tx tx, List<Bytes> found, SortOptions options, Consumer<Bytes> visitor, Runnable missing) {
    for (Bytes element : found) {
      if (options.gets().isEmpty()) {
        visitor.accept(element);
      }
      for (SortPattern get : options.gets()) {
        Bytes value = get.find(tx, element);
        if (value == null) {
          missing.run();
        } else {
          visitor.accept(value);
        }
      }
    }
  }
}
