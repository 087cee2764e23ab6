package io.karst.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys as OpenSSL 3 writes them, each in several forms.
class PrivateKeyFileTest {
  @TempDir Path directory;

  @Test
  void theFormsOfOneKeyAreTheSame() throws Exception {
    byte[] rsa = encoded("rsa-pkcs8.pem", "");
    assertThat(encoded("rsa-pkcs1.pem", "")).isEqualTo(rsa);
    assertThat(encoded("rsa-encrypted.pem", "secret")).isEqualTo(rsa);
    assertThat(PrivateKeyFile.read("tls-key-file", file("ed25519.pem"), "").getAlgorithm())
        .isEqualTo("EdDSA");
  }

  @Test
  void anEcKeyBringsItsCurve() throws Exception {
    ECPrivateKey older = ec("ec-sec1.pem");
    ECPrivateKey newer = ec("ec-pkcs8.pem");
    assertThat(older.getS()).isEqualTo(newer.getS());
    assertThat(older.getParams().getOrder()).isEqualTo(newer.getParams().getOrder());
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    assertWrong("rsa-encrypted.pem", "", "is encrypted, and tls-key-file-pass is not set");
    assertWrong("rsa-encrypted.pem", "other", "cannot be decrypted with tls-key-file-pass");
    assertWrong("rsa-old-encrypted.pem", "secret", "openssl pkcs8 -topk8");
    Path nothing = Files.writeString(directory.resolve("nothing.pem"), "hello\n");
    assertThatThrownBy(() -> PrivateKeyFile.read("tls-key-file", nothing, ""))
        .hasMessage("tls-key-file: " + nothing + " holds no private key in PEM");
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> PrivateKeyFile.read("tls-key-file", missing, ""))
        .hasMessage("tls-key-file: there is no file " + missing);
  }

  @Test
  void aKeyThatIsCutShortIsAnError() throws Exception {
    String whole = Files.readString(file("ec-sec1.pem"));
    int begin = whole.indexOf("-----BEGIN EC PRIVATE");
    String cut =
        whole.substring(begin, begin + 60).stripTrailing() + "\n-----END EC PRIVATE KEY-----\n";
    Path cutFile = Files.writeString(directory.resolve("cut.pem"), cut);
    assertThatThrownBy(() -> PrivateKeyFile.read("tls-key-file", cutFile, ""))
        .isInstanceOf(TlsException.class);
  }

  private static void assertWrong(String name, String password, String why) throws Exception {
    Path file = file(name);
    assertThatThrownBy(() -> PrivateKeyFile.read("tls-key-file", file, password))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(file.toString());
  }

  private static ECPrivateKey ec(String name) throws Exception {
    return (ECPrivateKey) PrivateKeyFile.read("tls-key-file", file(name), "");
  }

  private static byte[] encoded(String name, String password) throws Exception {
    return PrivateKeyFile.read("tls-key-file", file(name), password).getEncoded();
  }

  private static Path file(String name) throws URISyntaxException {
    URL found = PrivateKeyFileTest.class.getResource(name);
    assertThat(found).isNotNull();
    return Path.of(found.toURI());
  }
}
