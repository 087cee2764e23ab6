package io.karst.server.acl;

import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down whoever tries passwords.
///
/// Each failure adds one to the score of the client's address, and each second takes one away. Up
/// to [#FREE] nothing happens; each point above doubles how long a connection from there is not
/// listened to after a failure, and how long a new one is not listened to at first, up to
/// `auth-delay-max`. So a mistake costs nothing, one connection comes to about one attempt a
/// second, and many connections together to their number in that longest time. A score ends at
/// [#SCORE_MAX], so half a minute after the last attempt all is as before.
///
/// An IPv6 address stands for its network of 64 bits, as its user has them all. The
/// [#ADDRESSES_MAX] addresses that failed last are remembered. Thread-safe; nobody waits here.
public final class Attempts {
  static final int FREE = 4;
  static final int SCORE_MAX = 30;
  static final int ADDRESSES_MAX = 4096;
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long FORGETS_MILLIS = 1000;

  /// So many doublings are beyond any limit.
  private static final int DOUBLINGS_MAX = 20;

  /// - `score`: at `atMillis`.
  private record Failures(double score, long atMillis) {
    double scoreAt(long nowMillis) {
      double forgotten = (double) Math.max(0, nowMillis - atMillis) / FORGETS_MILLIS;
      return Math.max(0, score - forgotten);
    }
  }

  private final Map<String, Failures> byNetwork =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  private volatile boolean none = true;
  private volatile long delayMaxMillis = 10_000;

  /// - `millis`: 0 delays nobody.
  public void delayMax(int millis) {
    delayMaxMillis = millis;
  }

  /// Notes a failure; returns for how long its connection is not to be listened to.
  ///
  /// - `address`: of the client, as `ip:port`, `[ip6]:port` or a path.
  public synchronized long failed(String address, long nowMillis) {
    none = false;
    String network = network(address);
    Failures before = byNetwork.get(network);
    double score = before == null ? 0 : before.scoreAt(nowMillis);
    Failures after = new Failures(Math.min(score + 1, SCORE_MAX), nowMillis);
    byNetwork.put(network, after);
    return delayMillis(after.score);
  }

  /// For how long a new connection is not to be listened to.
  public long delayMillis(String address, long nowMillis) {
    return none ? 0 : delayOfKnown(network(address), nowMillis);
  }

  private synchronized long delayOfKnown(String network, long nowMillis) {
    Failures failures = byNetwork.get(network);
    if (failures == null) {
      return 0;
    }
    double score = failures.scoreAt(nowMillis);
    if (score == 0) {
      byNetwork.remove(network);
      none = byNetwork.isEmpty();
    }
    return delayMillis(score);
  }

  private long delayMillis(double score) {
    int above = (int) Math.ceil(score) - FREE;
    if (above <= 0) {
      return 0;
    }
    long delay = FIRST_DELAY_MILLIS << Math.min(above - 1, DOUBLINGS_MAX);
    return Math.min(delay, delayMaxMillis);
  }

  /// How many addresses are remembered.
  synchronized int size() {
    return byNetwork.size();
  }

  static String network(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    if (!host.contains(":")) {
      return host;
    }
    String[] groups = host.replace("[", "").replace("]", "").split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < Math.min(4, groups.length) && !groups[i].isEmpty(); i++) {
      network.append(groups[i]).append(':');
    }
    return network.toString();
  }
}
