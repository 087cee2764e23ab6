package io.karst.server.net;

import io.netty.channel.Channel;

/// Makes the kernel ask a silent peer whether it is there, in the transport's own words.
@FunctionalInterface
interface KeepAlive {
  /// Questions that are not answered before the connection is given up.
  int PROBES = 3;

  /// Asks after `idleSeconds` of silence, [#PROBES] times in as long again.
  void set(Channel channel, int idleSeconds);

  /// The seconds from one question to the next.
  static int interval(int idleSeconds) {
    return Math.max(1, idleSeconds / PROBES);
  }
}
