package io.karst.server.acl;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What nobody is to guess. Any thread.
public final class Secrets {
  private static final int BITS_PER_DIGIT = 4;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /// As many random hexadecimal digits as `bits` take.
  public static String hex(int bits) {
    int digits = (bits + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
    byte[] bytes = new byte[(digits + 1) / 2];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).substring(0, digits);
  }
}
