package io.karst.server.config;

import java.util.List;

/// The directives about TLS. All of them but the port concern connections that are accepted from
/// then on.
public final class TlsDirectives {
  static final Declarations OWN = new Declarations("TLS");

  public static final Directive<Integer> PORT =
      OWN.atRunTime(
          "tls-port",
          new WholeKind(0, 65535),
          0,
          "The port to listen on for TLS; 0 is none. With one, `port 0` listens on no other.");

  public static final Directive<String> CERT_FILE =
      file("tls-cert-file", "The server's certificate, and those it hangs on behind it, in PEM.");

  public static final Directive<String> KEY_FILE =
      file("tls-key-file", "The key of the certificate, in PEM: RSA, EC or Ed25519.");

  public static final Directive<String> KEY_FILE_PASS =
      OWN.atRunTime(
          "tls-key-file-pass",
          new TextKind("a password; `\"\"` is none"),
          "",
          "What the file with the key is encrypted with.");

  public static final Directive<String> CA_CERT_FILE =
      file("tls-ca-cert-file", "The certificates that vouch for those of clients, in PEM.");

  public static final Directive<String> CA_CERT_DIR =
      OWN.atRunTime(
          "tls-ca-cert-dir",
          new TextKind("a directory; `\"\"` is none"),
          "",
          "As `tls-ca-cert-file`: all certificates in the files of a directory.");

  public static final Directive<TlsClients> AUTH_CLIENTS =
      OWN.atRunTime(
          "tls-auth-clients",
          ChoiceKind.of(TlsClients.class),
          TlsClients.YES,
          "Whether clients have to show a certificate that one of the above vouches for; with"
              + " `optional` they need not.");

  public static final Directive<List<String>> PROTOCOLS =
      OWN.atRunTime(
          "tls-protocols",
          new TlsProtocolsKind(),
          List.of(),
          "The versions that are spoken; `\"\"` is all there are.");

  public static final Directive<String> CIPHERS =
      OWN.atRunTime(
          "tls-ciphers",
          new TextKind("names of OpenSSL or IANA between colons; `!` before one leaves it out"),
          "",
          "What TLS 1.2 may encrypt with, the preferred first; `DEFAULT` and `\"\"` stand for what"
              + " is good today.");

  public static final Directive<String> CIPHERSUITES =
      OWN.atRunTime(
          "tls-ciphersuites",
          new TextKind("names between colons"),
          "",
          "What TLS 1.3 may encrypt with; `\"\"` is all there is. BoringSSL takes all three or"
              + " none: with fewer the JDK's TLS is used.");

  public static final Directive<Boolean> PREFER_SERVER_CIPHERS =
      OWN.atRunTime(
          "tls-prefer-server-ciphers",
          new FlagKind(),
          false,
          "Whether the order of the server decides which cipher is taken, rather than the"
              + " client's.");

  public static final Directive<Boolean> SESSION_CACHING =
      OWN.atRunTime(
          "tls-session-caching",
          new FlagKind(),
          true,
          "Whether clients of TLS 1.2 may go on with a session of before, which makes connecting"
              + " cheaper.");

  public static final Directive<Integer> SESSION_CACHE_SIZE =
      OWN.atRunTime(
          "tls-session-cache-size",
          new WholeKind(0, Integer.MAX_VALUE),
          20 * 1024,
          "How many sessions are remembered; 0 is any number.");

  public static final Directive<Integer> SESSION_CACHE_TIMEOUT =
      OWN.atRunTime(
          "tls-session-cache-timeout",
          new WholeKind(0, Integer.MAX_VALUE),
          300,
          "For how many seconds.");

  public static final Directive<Integer> HANDSHAKE_TIMEOUT =
      OWN.atRunTime(
          "tls-handshake-timeout",
          new WholeKind(1, 3600),
          10,
          "Seconds after which a connection is closed that has not become one of TLS.");

  /// Those that say how connections are encrypted.
  public static final List<Directive<?>> CONTEXT =
      List.of(
          PORT,
          CERT_FILE,
          KEY_FILE,
          KEY_FILE_PASS,
          CA_CERT_FILE,
          CA_CERT_DIR,
          AUTH_CLIENTS,
          PROTOCOLS,
          CIPHERS,
          CIPHERSUITES,
          PREFER_SERVER_CIPHERS,
          SESSION_CACHING,
          SESSION_CACHE_SIZE,
          SESSION_CACHE_TIMEOUT);

  private TlsDirectives() {}

  private static Directive<String> file(String name, String summary) {
    return OWN.atRunTime(name, new TextKind("a path; `\"\"` is none"), "", summary);
  }
}
