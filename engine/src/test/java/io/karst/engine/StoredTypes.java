package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.keyspace.Key;
import io.karst.value.StreamCursor;
import io.karst.value.StreamId;
import io.karst.value.ValueType;
import java.util.List;
import java.util.Objects;

/// The store's.
final class StoredTypes extends StoredClients<WaitingTypes.Want> implements WaitingTypes {
  private static final List<Bytes> FIELDS = List.of(Bytes.utf8("field"), Bytes.utf8("value"));
  private static final long MILLIS = 1;

  /// The number of the stream's key, behind those of the sets.
  private static final int STREAM = 2;

  @Override
  public int add(int set, int number) {
    return run(tx -> {
      SortedSetView view = tx.sortedSetForUpdate(key(set));
      view.put(Decimal.of(number), number);
      return view.size();
    });
  }

  @Override
  public int pop(int set) {
    return run(tx -> taken(tx, List.of(set)));
  }

  @Override
  public int append() {
    return run(tx -> {
      StreamView stream = tx.streamForUpdate(key(STREAM));
      StreamId id = new StreamId(MILLIS, stream.lastId().sequence() + 1);
      stream.append(id, FIELDS);
      return (int) id.sequence();
    });
  }

  private int taken(Tx tx, List<Integer> from) {
    int[] number = {NONE};
    for (int set : from) {
      SortedSetView view = tx.sortedSetForUpdate(key(set));
      if (view.exists()) {
        view.take(0, (member, score) -> number[0] = (int) score);
        break;
      }
    }
    return number[0];
  }

  @Override
  int done(Tx tx, Want want) {
    if (!want.sets().isEmpty()) {
      return taken(tx, want.sets());
    }
    StreamCursor cursor = tx.stream(key(STREAM)).cursor();
    boolean found = cursor != null && cursor.seek(new StreamId(MILLIS, want.behind() + 1));
    return found ? (int) Objects.requireNonNull(cursor).id().sequence() : NONE;
  }

  @Override
  Want settled(Tx tx, Want want) {
    boolean last = want.sets().isEmpty() && want.behind() == NONE;
    return last ? new Want(List.of(), (int) tx.stream(key(STREAM)).lastId().sequence()) : want;
  }

  @Override
  Waiter waiter(Want want, Waiter.Client client) {
    boolean reads = want.sets().isEmpty();
    List<Integer> numbers = reads ? List.of(STREAM) : want.sets();
    Key[] needed = numbers.stream().map(this::key).toArray(Key[]::new);
    ValueType type = reads ? ValueType.STREAM : ValueType.SORTED_SET;
    return new Waiter(0, needed, needed.length, type, false, client);
  }
}
