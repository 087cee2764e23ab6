package io.karst.server.config;

/// Whether clients have to show a certificate (`tls-auth-clients`).
public enum TlsClients {
  NO,
  YES,
  /// They need not; if they do, it has to be a good one.
  OPTIONAL
}
