package io.karst.commands.generic;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.engine.ListView;
import io.karst.engine.Tx;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.function.Consumer;

/// What `SORT` sorts: the elements of a collection, whatever its type.
final class SortSource {
  private SortSource() {}

  /// Whether the elements have an order of their own, which `BY` without a `*` leaves them in.
  static boolean isOrdered(Tx tx, Key key) {
    ValueType type = tx.type(key);
    return type == ValueType.LIST || type == ValueType.SORTED_SET;
  }

  /// Shows the elements in their order, if they have one; none if there is no key.
  ///
  /// - throws [CommandException] WRONGTYPE for a type that has none.
  static void forEach(Tx tx, Key key, Consumer<Bytes> visitor) {
    switch (tx.type(key)) {
      case null -> {
        // Sorted, that is nothing.
      }
      case SET -> tx.set(key).forEach((member, value) -> visitor.accept(member));
      case SORTED_SET ->
          tx.sortedSet(key)
              .range(0, Long.MAX_VALUE, false, (member, score) -> visitor.accept(member));
      case LIST -> {
        ListView list = tx.list(key);
        list.forEach(0, list.size(), true, visitor);
      }
      case STRING, HASH, STREAM -> throw CommandException.wrongType();
    }
  }
}
