package io.karst.server.net;

import io.netty.channel.local.LocalAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Socket addresses in the form clients expect.
public final class Addresses {
  private Addresses() {}

  /// `address:port`, an IPv6 address in brackets; empty if there is none.
  public static String text(@Nullable SocketAddress address) {
    if (address instanceof LocalAddress inner) {
      return inner.id();
    }
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "";
    }
    String host = inet.getAddress().getHostAddress();
    return inet.getAddress() instanceof Inet6Address
        ? "[" + host + "]:" + inet.getPort()
        : host + ":" + inet.getPort();
  }

  /// Whether the peer is on this machine.
  static boolean isLoopback(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return true;
    }
    InetAddress host = inet.getAddress();
    return host != null && host.isLoopbackAddress();
  }
}
