package io.karst.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Reads certificates in PEM or DER.
final class CertificateFiles {
  /// Larger ones are not what somebody means by a file of certificates.
  private static final long SIZE_MAX = 16 << 20;

  private CertificateFiles() {}

  /// All of a file, in its order; at least one.
  static List<X509Certificate> read(String directive, Path file) throws TlsException {
    List<X509Certificate> certificates;
    try {
      certificates = parse(bytes(directive, file));
    } catch (CertificateException e) {
      throw new TlsException(directive + ": " + file + " holds no certificate in PEM: " + e, e);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(directive + ": " + file + " holds no certificate in PEM");
    }
    return certificates;
  }

  /// All of the files in a directory; what else is there is passed over. At least one.
  static List<X509Certificate> readDirectory(String directive, Path directory) throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && Files.size(file) <= SIZE_MAX) {
          certificates.addAll(orNone(Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw new TlsException(directive + ": cannot read " + directory + ": " + e, e);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(directive + ": no file in " + directory + " holds a certificate");
    }
    return certificates;
  }

  /// The content of a file that a directive names.
  static byte[] bytes(String directive, Path file) throws TlsException {
    try {
      if (Files.size(file) > SIZE_MAX) {
        throw new TlsException(directive + ": " + file + " is too large to be what it should be");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TlsException(directive + ": there is no file " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new TlsException(directive + ": cannot read " + file + ": " + e, e);
    }
  }

  private static List<X509Certificate> orNone(byte[] content) {
    try {
      return parse(content);
    } catch (CertificateException somethingElse) {
      return List.of();
    }
  }

  private static List<X509Certificate> parse(byte[] content) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Collection<? extends Certificate> found =
        factory.generateCertificates(new ByteArrayInputStream(content));
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : found) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }
}
