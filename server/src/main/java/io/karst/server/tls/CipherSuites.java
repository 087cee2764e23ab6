package io.karst.server.tls;

import io.netty.handler.ssl.OpenSsl;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;

/// What there is to encrypt with.
final class CipherSuites {
  /// Of TLS 1.3 (RFC 8446, appendix B.4), those that both engines have.
  static final List<String> TLS_13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /// Of TLS 1.2, those with forward secrecy and authenticated encryption (RFC 9325, section 4.2).
  static final List<String> TLS_12 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private CipherSuites() {}

  /// Whether BoringSSL or the JDK has one.
  static boolean exists(String name) {
    if (OpenSsl.availableJavaCipherSuites().contains(name)) {
      return true;
    }
    try {
      String[] others = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
      return List.of(others).contains(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without TLS", e);
    }
  }
}
