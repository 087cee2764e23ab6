package io.karst.server.session;

import io.karst.commands.Args;
import io.karst.commands.KeyPositions;
import io.karst.keyspace.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Consecutive short commands of one pipeline, to be run under the locks of all their keys.
///
/// Everything in it is reused; nothing is allocated for a group. Thread: its dispatcher's.
final class Group {
  /// Commands in a group: enough to overlap the cache misses of their keys, few enough to hold
  /// their locks for microseconds.
  static final int SIZE_MAX = 16;

  /// A command with more keys than these leaves the event loop.
  static final int KEYS_MAX = 128;

  /// The words of a request beyond which its [Args] is not kept for the next.
  private static final int WORDS_KEPT_MAX = 1 << 10;

  /// One more than there are commands: the command that ends a group is read into the next.
  private final Args[] args = new Args[SIZE_MAX + 1];

  private final @Nullable Route[] routes = new @Nullable Route[SIZE_MAX];
  private final @Nullable String[] refusals = new @Nullable String[SIZE_MAX];
  private final int[] starts = new int[SIZE_MAX];
  private final int[] ends = new int[SIZE_MAX];
  private final KeyPositions positions = new KeyPositions();
  private Key[] keys = new Key[SIZE_MAX];
  private int keyCount;
  private int size;
  private int demands;
  private boolean writes;
  private boolean ofScripts;

  Group() {
    Arrays.setAll(args, i -> new Args());
  }

  void clear() {
    size = 0;
    keyCount = 0;
    demands = 0;
    writes = false;
    ofScripts = false;
  }

  /// Where the next request is to be decoded to.
  Args next() {
    if (args[size].count() > WORDS_KEPT_MAX) {
      args[size] = new Args();
    }
    return args[size];
  }

  /// Takes the command in [#next]; false if it has too many keys for a group.
  ///
  /// - `start`, `end`: where its request is in the input.
  boolean add(Route route, int start, int end) {
    if (!addKeys(route, args[size])) {
      return false;
    }
    routes[size] = route;
    demands += route.deniesOom ? 1 : 0;
    writes |= route.writes;
    ofScripts = route.script != null;
    place(start, end);
    return true;
  }

  /// Takes the place of a command that is answered with an error without being run.
  void addRefusal(String line, int start, int end) {
    routes[size] = null;
    refusals[size] = line;
    place(start, end);
  }

  int size() {
    return size;
  }

  /// How many of its commands may need memory.
  int demands() {
    return demands;
  }

  /// Whether any of its commands may write.
  boolean writes() {
    return writes;
  }

  /// Whether its commands call scripts, each of which is to be run by itself.
  boolean isOfScripts() {
    return ofScripts;
  }

  /// Whether a command may not be in it, because of those that are.
  boolean excludes(Route route) {
    for (int i = size - 1; i >= 0; i--) {
      Route present = routes[i];
      if (present != null) {
        return ofScripts != (route.script != null);
      }
    }
    return false;
  }

  /// The command at `index`, null if it is refused.
  @Nullable Route route(int index) {
    return routes[index];
  }

  /// The error line of a command that is refused.
  String refusal(int index) {
    return String.valueOf(refusals[index]);
  }

  /// The words of the command at `index`; at [#size], those of the request that ended the group.
  Args args(int index) {
    return args[index];
  }

  /// All of it, with words that last.
  List<Call> detached() {
    List<Call> calls = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Route route = routes[i];
      calls.add(route == null ? Call.refused(refusal(i)) : Call.of(route, args[i]));
    }
    return calls;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  /// The keys of all commands; the first [#keyCount] count.
  Key[] keys() {
    return keys;
  }

  int keyCount() {
    return keyCount;
  }

  /// Lets go of the input that was decoded, which is not to be kept from the garbage collector.
  void forgetInput() {
    Arrays.setAll(args, i -> args[i].count() == 0 ? args[i] : new Args());
  }

  private void place(int start, int end) {
    starts[size] = start;
    ends[size++] = end;
  }

  private boolean addKeys(Route route, Args words) {
    if (route.keysInRange) {
      int last = route.lastKey >= 0 ? route.lastKey : words.count() + route.lastKey;
      if ((last - route.firstKey) / route.keyStep >= KEYS_MAX) {
        return false;
      }
      for (int i = route.firstKey; i <= last; i += route.keyStep) {
        addKey(words.key(i));
      }
      return true;
    }
    positions.clear();
    route.command.keyPositions(words, positions);
    if (positions.count() > KEYS_MAX) {
      return false;
    }
    for (int i = 0; i < positions.count(); i++) {
      addKey(words.key(positions.at(i)));
    }
    return true;
  }

  private void addKey(Key key) {
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
    }
    keys[keyCount++] = key;
  }
}
