package io.karst.lua;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What an interpreter has compiled, by SHA-1: the latest used, up to a number.
final class Compiled<T> {
  private static final int COUNT_MAX = 1000;

  private final LinkedHashMap<String, T> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Consumer<T> forget;

  Compiled(Consumer<T> forget) {
    this.forget = forget;
  }

  @Nullable T get(String sha1) {
    return entries.get(sha1);
  }

  void put(String sha1, T compiled) {
    T before = entries.put(sha1, compiled);
    if (before != null) {
      forget.accept(before);
    }
    if (entries.size() > COUNT_MAX) {
      Map.Entry<String, T> eldest = entries.firstEntry();
      entries.remove(eldest.getKey());
      forget.accept(eldest.getValue());
    }
  }
}
