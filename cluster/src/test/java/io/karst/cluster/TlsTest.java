package io.karst.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.cluster.ClusterOptions.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Members that speak to each other encrypted, and show certificates.
class TlsTest {
  @TempDir Path directory;

  @Test
  void membersTrustWhomTheirAuthorityHasIssuedFor() throws Exception {
    Tls tls = issue("ours");
    try (TestCluster cluster = new TestCluster(directory, 2, TestCluster.QUICK, tls)) {
      cluster.start();
      cluster.write("key", "value");
      cluster.leader().awaitConfirmed();
      cluster.awaitEqual();
      for (TestMember member : cluster.members) {
        assertThat(member.read("key")).isEqualTo("value");
      }

      String address = cluster.seeds().getFirst();
      assertThat(greet(Encryption.client(tls), address).formed()).isTrue();
      refused(null, address);
      refused(Encryption.client(issue("theirs")), address);
    }
  }

  private static void refused(@Nullable SslContext tls, String address) {
    assertThatThrownBy(() -> greet(tls, address)).hasMessageContaining("UNAVAILABLE");
  }

  private static Greeting greet(@Nullable SslContext tls, String address) throws SSLException {
    try (Callers callers = new Callers(tls, any -> true)) {
      return new Doorman(new Secret("secret"), callers).greet(address, "").join();
    }
  }

  /// A certificate of an authority of its own.
  private Tls issue(String name) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .subject("CN=" + name)
            .algorithm(Algorithm.ecp256)
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle issued =
        new CertificateBuilder()
            .subject("CN=member")
            .algorithm(Algorithm.ecp256)
            .addSanDnsName("localhost")
            .buildIssuedBy(authority);
    return new Tls(
        write(name + ".crt", issued.getCertificatePathPEM()),
        write(name + ".key", issued.getPrivateKeyPEM()),
        write(name + ".pem", authority.getCertificatePEM()));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }
}
