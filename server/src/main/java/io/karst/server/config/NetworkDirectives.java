package io.karst.server.config;

import java.util.List;

/// The directives about where and how the server listens.
public final class NetworkDirectives {
  static final Declarations OWN = new Declarations("Network");

  public static final Directive<List<String>> BIND =
      OWN.fixed(
          "bind",
          new ListKind(
              16,
              "addresses; `*` is every IPv4 one, `::*` every IPv6 one; one after `-`"
                  + " may be missing"),
          List.of("127.0.0.1", "-::1"),
          "The addresses to listen on.");

  public static final Directive<Integer> PORT =
      OWN.fixed(
          "port",
          new WholeKind(0, 65535),
          6379,
          "The TCP port to listen on; 0 takes a free one, and standard output tells which.");

  public static final Directive<Integer> TCP_BACKLOG =
      OWN.fixed(
          "tcp-backlog",
          new WholeKind(1, Integer.MAX_VALUE),
          511,
          "How many connections may wait to be accepted; the kernel may allow fewer.");

  public static final Directive<Integer> TCP_KEEPALIVE =
      OWN.atRunTime(
          "tcp-keepalive",
          new WholeKind(0, Integer.MAX_VALUE),
          300,
          "Seconds of silence after which the kernel asks whether the peer is there; 0 never asks."
              + " Holds for connections accepted from then on.");

  public static final Directive<TransportChoice> TRANSPORT =
      OWN.fixed(
          "transport",
          ChoiceKind.of(TransportChoice.class),
          TransportChoice.AUTO,
          "How sockets are driven; `auto` takes the fastest that the machine has.");

  public static final Directive<Integer> IO_THREADS =
      OWN.fixed(
          "io-threads",
          new ThreadCountKind(),
          Math.max(1, Machine.processors() - 1), // docs/adr/0007
          "Event loops, which read, execute and answer.");

  public static final Directive<Boolean> PROTECTED_MODE =
      OWN.atRunTime(
          "protected-mode",
          new FlagKind(),
          true,
          "Refuse other machines' clients while no password is set.");

  private NetworkDirectives() {}
}
