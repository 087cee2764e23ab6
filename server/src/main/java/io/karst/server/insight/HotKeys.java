package io.karst.server.insight;

import org.jspecify.annotations.Nullable;

/// The search for hot keys, of which there is one at a time. Thread-safe.
public final class HotKeys {
  private volatile @Nullable HotKeySearch latest;

  /// The one that goes on; null if none does: what every command asks.
  public @Nullable HotKeySearch active() {
    HotKeySearch search = latest;
    return search == null || !search.isActive() ? null : search;
  }

  /// The one that goes on, or the latest that did; null if there was none, or it is forgotten.
  public @Nullable HotKeySearch latest() {
    return latest;
  }

  /// Begins one; false if one goes on.
  public synchronized boolean start(HotKeySearch search) {
    if (active() != null) {
      return false;
    }
    latest = search;
    return true;
  }

  /// Forgets what was found; false if one goes on.
  public synchronized boolean reset() {
    if (active() != null) {
      return false;
    }
    latest = null;
    return true;
  }
}
