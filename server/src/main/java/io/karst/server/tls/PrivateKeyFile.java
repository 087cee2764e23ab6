package io.karst.server.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Reads a private key in PEM: as PKCS #8, plain or encrypted (RFC 5958), or in the older forms of
/// RSA (RFC 8017) and EC (RFC 5915), which OpenSSL wrote for long.
final class PrivateKeyFile {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private final String directive;
  private final Path file;
  private final String password;

  private PrivateKeyFile(String directive, Path file, String password) {
    this.directive = directive;
    this.file = file;
    this.password = password;
  }

  /// - `password`: of an encrypted one; empty if there is none.
  static PrivateKey read(String directive, Path file, String password) throws TlsException {
    return new PrivateKeyFile(directive, file, password).read();
  }

  private PrivateKey read() throws TlsException {
    String text = new String(CertificateFiles.bytes(directive, file), ISO_8859_1);
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      throw wrong("holds no private key in PEM");
    }
    String body = block.group(2);
    if (body.contains("Proc-Type:")) {
      throw wrong("is encrypted in a form of before PKCS #8; 'openssl pkcs8 -topk8' changes that");
    }
    byte[] content;
    try {
      content = Base64.getMimeDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw wrong("is no PEM: " + e.getMessage());
    }
    try {
      return switch (block.group(1)) {
        case "PRIVATE KEY" -> key(content);
        case "ENCRYPTED PRIVATE KEY" -> key(decrypted(content));
        case "RSA PRIVATE KEY" -> key(Pkcs8.ofRsa(content));
        case "EC PRIVATE KEY" -> key(Pkcs8.ofEc(content));
        default -> throw wrong("holds a key of a kind that TLS does not use: " + block.group(1));
      };
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private PrivateKey key(byte[] pkcs8) throws TlsException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException another) {
        // It is of one of the others, perhaps.
      } catch (GeneralSecurityException e) {
        throw new TlsException(directive + ": " + e, e);
      }
    }
    throw wrong("holds no key of RSA, EC or EdDSA");
  }

  private byte[] decrypted(byte[] content) throws TlsException {
    if (password.isEmpty()) {
      throw wrong("is encrypted, and tls-key-file-pass is not set");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
      AlgorithmParameters parameters = info.getAlgParameters();
      // That of PBES2 names both of its parts only as a text.
      String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
      Key key =
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, parameters);
      return info.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException(
          directive + ": " + file + " cannot be decrypted with tls-key-file-pass: " + e, e);
    }
  }

  private TlsException wrong(String what) {
    return new TlsException(directive + ": " + file + " " + what);
  }
}
