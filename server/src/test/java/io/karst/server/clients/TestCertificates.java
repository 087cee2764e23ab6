package io.karst.server.clients;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority, and what it vouches for, in files of a directory.
public final class TestCertificates {
  private final Path directory;
  private final X509Bundle authority;

  /// - `name`: of the authority, and of its file.
  public TestCertificates(Path directory, String name) throws Exception {
    this.directory = directory;
    authority =
        new CertificateBuilder()
            .subject("CN=" + name)
            .algorithm(Algorithm.ecp256)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(authorityFile(), authority.getCertificatePEM());
  }

  public Path authorityFile() {
    return directory.resolve(
        authority.getCertificate().getSubjectX500Principal().getName() + ".pem");
  }

  /// A certificate for this machine, and its key, in `name.crt` and `name.key`.
  public X509Bundle issue(String name, Algorithm algorithm) throws Exception {
    X509Bundle issued =
        new CertificateBuilder()
            .subject("CN=" + name)
            .algorithm(algorithm)
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority);
    write(name, issued);
    return issued;
  }

  private void write(String name, X509Bundle bundle) throws IOException {
    Files.writeString(certificate(name), bundle.getCertificatePathPEM());
    Files.writeString(key(name), bundle.getPrivateKeyPEM());
  }

  public Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  public Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /// A client's side: it trusts this authority, and shows `own`, if that is something.
  public SSLContext client(X509Bundle... own) throws Exception {
    TrustManagerFactory trust = authority.toTrustManagerFactory();
    KeyManagerFactory keys = own.length == 0 ? null : own[0].toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
