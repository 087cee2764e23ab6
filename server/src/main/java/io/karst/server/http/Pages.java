package io.karst.server.http;

import io.karst.commands.Args;
import io.karst.server.metrics.Metrics;
import io.karst.server.session.Server;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The pages by path: at first health alone, and the others once the server has its data.
///
/// Thread-safe.
final class Pages implements AutoCloseable {
  private static final int OK = 200;

  private final Health health = new Health();
  private volatile Map<String, Page> pages = healthPages();
  private volatile @Nullable Server server;
  private volatile @Nullable Metrics metrics;

  private Map<String, Page> healthPages() {
    Map<String, Page> fresh = new TreeMap<>();
    fresh.put("/health/live", new Page(null, health::live));
    fresh.put("/health/ready", new Page(null, health::ready));
    return fresh;
  }

  /// The server has its data, and listens.
  void serves(Server started) {
    Metrics fresh = new Metrics(started);
    Map<String, Page> all = healthPages();
    all.put(
        "/metrics", new Page(Args.of("INFO"), () -> new Answer(OK, Metrics.TYPE, fresh.text())));
    server = started;
    metrics = fresh;
    health.serves(started);
    pages = all;
  }

  @Nullable Page find(String path) {
    return pages.get(path);
  }

  /// For people.
  String names() {
    return String.join(", ", pages.keySet());
  }

  /// The server; null before it has its data.
  @Nullable Server server() {
    return server;
  }

  @Override
  public void close() {
    Metrics made = metrics;
    if (made != null) {
      made.close();
    }
  }
}
