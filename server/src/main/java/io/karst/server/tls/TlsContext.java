package io.karst.server.tls;

import io.karst.server.config.DirectiveValues;
import io.karst.server.config.TlsClients;
import io.karst.server.config.TlsDirectives;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/// Certificates, key and rules that connections are encrypted with, as the directives say at one
/// moment.
final class TlsContext {
  private static final String CERT_FILE = TlsDirectives.CERT_FILE.name();
  private static final String KEY_FILE = TlsDirectives.KEY_FILE.name();
  private static final String CIPHERSUITES = TlsDirectives.CIPHERSUITES.name();

  private final DirectiveValues values;
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private TlsContext(DirectiveValues values) throws TlsException {
    this.values = values;
    String certificate = values.value(TlsDirectives.CERT_FILE);
    String keyFile = values.value(TlsDirectives.KEY_FILE);
    if (certificate.isEmpty() || keyFile.isEmpty()) {
      throw new TlsException(
          "tls-port needs a certificate and its key: set tls-cert-file and tls-key-file");
    }
    chain = CertificateFiles.read(CERT_FILE, Path.of(certificate));
    String password = values.value(TlsDirectives.KEY_FILE_PASS);
    key = PrivateKeyFile.read(KEY_FILE, Path.of(keyFile), password);
    checkPair();
  }

  /// - throws [TlsException] with what is wrong.
  static SslContext of(DirectiveValues values) throws TlsException {
    return new TlsContext(values).make();
  }

  private SslContext make() throws TlsException {
    boolean shortList = !suites().containsAll(CipherSuites.TLS_13);
    boolean nativeOne = OpenSsl.isAvailable() && !shortList;
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, chain)
            .sslProvider(nativeOne ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
            .protocols(protocols())
            .ciphers(ciphers())
            .clientAuth(clientAuth())
            .sessionCacheSize(values.value(TlsDirectives.SESSION_CACHE_SIZE))
            .sessionTimeout(values.value(TlsDirectives.SESSION_CACHE_TIMEOUT));
    List<X509Certificate> authorities = authorities();
    if (!authorities.isEmpty()) {
      builder.trustManager(authorities);
    } else if (values.value(TlsDirectives.AUTH_CLIENTS) != TlsClients.NO) {
      throw new TlsException(
          "tls-auth-clients needs to know whom to trust: set tls-ca-cert-file or tls-ca-cert-dir,"
              + " or tls-auth-clients to no");
    }
    try {
      return cached(builder.build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new TlsException("tls: " + reason(e), e);
    }
  }

  private SslContext cached(SslContext context) {
    if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
      sessions.setSessionCacheEnabled(values.value(TlsDirectives.SESSION_CACHING));
    } else if (!values.value(TlsDirectives.SESSION_CACHING)) {
      context.sessionContext().setSessionCacheSize(1); // The least the JDK has.
    }
    return context;
  }

  private List<String> protocols() {
    List<String> asked = values.value(TlsDirectives.PROTOCOLS);
    return asked.isEmpty() ? List.of("TLSv1.3", "TLSv1.2") : asked;
  }

  private List<String> ciphers() throws TlsException {
    List<String> ciphers = new ArrayList<>(suites());
    ciphers.addAll(
        CipherList.of(
            values.value(TlsDirectives.CIPHERS),
            CipherSuites.TLS_12,
            TlsDirectives.CIPHERS.name()));
    return ciphers;
  }

  private List<String> suites() throws TlsException {
    List<String> suites =
        CipherList.of(values.value(TlsDirectives.CIPHERSUITES), CipherSuites.TLS_13, CIPHERSUITES);
    for (String suite : suites) {
      if (!CipherSuites.TLS_13.contains(suite)) {
        throw new TlsException(
            CIPHERSUITES + ": no '" + suite + "' here; there are " + CipherSuites.TLS_13);
      }
    }
    return suites;
  }

  private ClientAuth clientAuth() {
    return switch (values.value(TlsDirectives.AUTH_CLIENTS)) {
      case NO -> ClientAuth.NONE;
      case YES -> ClientAuth.REQUIRE;
      case OPTIONAL -> ClientAuth.OPTIONAL;
    };
  }

  private List<X509Certificate> authorities() throws TlsException {
    List<X509Certificate> authorities = new ArrayList<>();
    String file = values.value(TlsDirectives.CA_CERT_FILE);
    if (!file.isEmpty()) {
      authorities.addAll(CertificateFiles.read(TlsDirectives.CA_CERT_FILE.name(), Path.of(file)));
    }
    String directory = values.value(TlsDirectives.CA_CERT_DIR);
    if (!directory.isEmpty()) {
      String name = TlsDirectives.CA_CERT_DIR.name();
      authorities.addAll(CertificateFiles.readDirectory(name, Path.of(directory)));
    }
    return authorities;
  }

  /// A key that is not the certificate's would be found out by the first client only.
  private void checkPair() throws TlsException {
    byte[] sample = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(sample);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException another) {
      // A key of another algorithm, or curve, than the certificate's.
    }
    throw new TlsException(
        KEY_FILE
            + ": "
            + values.value(TlsDirectives.KEY_FILE)
            + " is not the key of the certificate in "
            + values.value(TlsDirectives.CERT_FILE));
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.toString() : message;
  }

  /// Lets go of one that no new connection will use; those that do have it keep it.
  static void release(SslContext context) {
    ReferenceCountUtil.release(context);
  }
}
