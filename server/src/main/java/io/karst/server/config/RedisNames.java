package io.karst.server.config;

import java.util.Set;

/// The names of the directives that Redis has and Karst has not: whoever brings the file of a Redis
/// is told so, rather than the nearest name.
final class RedisNames {
  private static final Set<String> NAMES = Set.of("lua-enable-insecure-api");

  private RedisNames() {}

  static boolean contains(String name) {
    return NAMES.contains(name);
  }
}
