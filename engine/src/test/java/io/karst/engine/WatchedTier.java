package io.karst.engine;

import io.karst.base.Bytes;
import io.karst.lsm.Stored;
import io.karst.lsm.Tier;
import io.karst.lsm.TierCursor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A tier that notes what is read from it, and lets something happen after keys were read in order,
/// or one by itself.
final class WatchedTier {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Tier tier;
  private Runnable afterReading = () -> {};
  private Runnable afterGet = () -> {};

  WatchedTier(Tier real) {
    tier =
        (Tier)
            Proxy.newProxyInstance(
                Tier.class.getClassLoader(),
                new Class<?>[] {Tier.class},
                (proxy, method, arguments) -> {
                  note(method.getName(), arguments);
                  try {
                    Object answer = method.invoke(real, arguments);
                    if (method.getName().equals("get")) {
                      afterGet.run();
                    }
                    return answer instanceof TierCursor cursor ? new Watched(cursor) : answer;
                  } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                  }
                });
  }

  Tier tier() {
    return tier;
  }

  /// What was read: `get`, `header`, and with or without values: `getAll`, `keys`.
  List<String> calls() {
    return calls;
  }

  void afterReading(Runnable action) {
    afterReading = action;
  }

  void afterGet(Runnable action) {
    afterGet = action;
  }

  private void note(String name, Object[] arguments) {
    switch (name) {
      case "get", "header" -> calls.add(name);
      case "getAll" -> calls.add(name + values(arguments[2]));
      case "keys" -> calls.add(name + values(arguments[3]));
      default -> {
        // Not a read of keys.
      }
    }
  }

  private static String values(Object headersOnly) {
    return (boolean) headersOnly ? " without values" : " with values";
  }

  private final class Watched implements TierCursor {
    private final TierCursor cursor;

    Watched(TierCursor cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public Bytes key() {
      return cursor.key();
    }

    @Override
    public Stored stored() {
      return cursor.stored();
    }

    @Override
    public void close() {
      cursor.close();
      afterReading.run();
    }
  }
}
