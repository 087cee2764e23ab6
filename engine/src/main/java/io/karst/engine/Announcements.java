package io.karst.engine;

import java.util.ArrayList;
import java.util.List;

/// What a transaction has to announce at its end, in the order in which it came to be.
///
/// Thread: its transaction's.
final class Announcements {
  /// - `aside`: whether it tells of what was no doing of the commands (an expiry), and stays true
  ///   when they are taken back.
  private record Entry(Announcement announcement, boolean aside) {}

  private final List<Entry> entries = new ArrayList<>();

  void add(Announcement announcement, boolean aside) {
    entries.add(new Entry(announcement, aside));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Forgets all.
  void clear() {
    if (!entries.isEmpty()) {
      entries.clear();
    }
  }

  int count() {
    return entries.size();
  }

  /// Forgets what commands have done since there were `count`, as they have done nothing after all.
  void retract(int count) {
    entries.subList(count, entries.size()).removeIf(entry -> !entry.aside);
  }

  /// Announces all; the changes are in the history, and the locks are still held.
  void announce(Horizon horizon) {
    long seen = horizon.seen();
    long held = horizon.held();
    for (int i = 0; i < entries.size(); i++) {
      entries.get(i).announcement.announce(seen, held);
    }
    entries.clear();
  }
}
