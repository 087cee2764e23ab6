package io.karst.server.tls;

import java.io.ByteArrayOutputStream;

/// Puts keys of the older forms into PKCS #8 (RFC 5958), whose content they are there: DER, a tag,
/// a length and a content.
final class Pkcs8 {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /// The curve, in a key of RFC 5915: `[0]`, explicit.
  private static final int PARAMETERS = 0xa0;

  private static final byte[] VERSION = {INTEGER, 1, 0};

  /// The algorithm 1.2.840.113549.1.1.1, with no parameters.
  private static final byte[] RSA = {
    SEQUENCE, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /// The algorithm 1.2.840.10045.2.1, whose parameters are the curve.
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private final byte[] der;
  private int at;

  private Pkcs8(byte[] der) {
    this.der = der;
  }

  /// - `key`: an `RSAPrivateKey` of RFC 8017.
  static byte[] ofRsa(byte[] key) {
    return wrap(RSA, key);
  }

  /// - `key`: an `ECPrivateKey` of RFC 5915, which names its curve.
  /// - throws [TlsException] if it does not.
  static byte[] ofEc(byte[] key) throws TlsException {
    return wrap(tagged(SEQUENCE, joined(EC, new Pkcs8(key).curve())), key);
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(SEQUENCE, joined(VERSION, joined(algorithm, tagged(OCTET_STRING, key))));
  }

  private byte[] curve() throws TlsException {
    try {
      enter(SEQUENCE);
      skip(INTEGER);
      skip(OCTET_STRING);
      int length = enter(PARAMETERS);
      byte[] curve = new byte[length];
      System.arraycopy(der, at, curve, 0, length);
      return curve;
    } catch (IndexOutOfBoundsException | NegativeArraySizeException cut) {
      throw new TlsException("tls-key-file: the EC key is cut short", cut);
    }
  }

  private void skip(int tag) throws TlsException {
    int length = enter(tag);
    at += length;
  }

  /// Moves to the content; returns its length.
  private int enter(int tag) throws TlsException {
    if ((der[at++] & 0xff) != tag) {
      throw new TlsException("tls-key-file: the EC key does not name its curve");
    }
    int first = der[at++] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at++] & 0xff);
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
