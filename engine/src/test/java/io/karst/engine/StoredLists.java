package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.base.Decimal;
import io.karst.keyspace.Key;
import io.karst.value.ValueType;
import java.util.List;

/// The store's.
final class StoredLists extends StoredClients<WaitingLists.Want> implements WaitingLists {
  @Override
  public int push(int key, int value) {
    return run(tx -> {
      ListView list = tx.listForUpdate(key(key));
      list.push(false, List.of(Decimal.of(value)));
      return list.size();
    });
  }

  @Override
  public int pop(int key) {
    return run(tx -> taken(tx, List.of(key)));
  }

  @Override
  public int size(int key) {
    return run(tx -> tx.list(key(key)).size());
  }

  private int taken(Tx tx, List<Integer> from) {
    for (int key : from) {
      ListView list = tx.listForUpdate(key(key));
      if (list.exists()) {
        return (int) Decimal.parse(list.pop(true));
      }
    }
    return NONE;
  }

  @Override
  int done(Tx tx, Want want) {
    if (!want.moves()) {
      return taken(tx, want.keys());
    }
    ListView source = tx.listForUpdate(key(0));
    if (!source.exists()) {
      return NONE;
    }
    Bytes moved = source.copy(0);
    source.move(true, tx.listForUpdate(key(1)), false, List.of(moved));
    return (int) Decimal.parse(moved);
  }

  @Override
  Waiter waiter(Want want, Waiter.Client client) {
    Key[] needed = new Key[Math.max(want.keys().size(), want.moves() ? 2 : 1)];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = key(i < want.keys().size() ? want.keys().get(i) : 1);
    }
    return new Waiter(0, needed, want.keys().size(), ValueType.LIST, false, client);
  }
}
