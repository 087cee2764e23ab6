package io.karst.server.session;

import java.util.concurrent.TimeUnit;

/// Somebody without a session, who says with each request who he is: a client of the HTTP port.
///
/// Thread: its connection's.
public final class Visitor {
  private final Server server;
  private final String address;
  private final String localAddress;

  /// Until when none of his passwords is looked at.
  private long restsUntilNanos;

  /// - `address`, `localAddress`: as `ip:port`, `[ip6]:port`.
  public Visitor(Server server, String address, String localAddress) {
    this.server = server;
    this.address = address;
    this.localAddress = localAddress;
    restsUntilNanos = server.clock().monotonicNanos();
    rest(server.access().delayMillis(address));
  }

  String address() {
    return address;
  }

  /// None of his passwords is looked at for so long.
  void rest(long millis) {
    long until = server.clock().monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (until - restsUntilNanos > 0) {
      restsUntilNanos = until;
    }
  }

  /// For how long none of his passwords is to be looked at, as some were wrong; 0 as a rule.
  public long restNanos() {
    return Math.max(0, restsUntilNanos - server.clock().monotonicNanos());
  }

  /// As `CLIENT LIST` would show him.
  String line() {
    return "addr=" + address + " laddr=" + localAddress + " name=http";
  }
}
