package io.karst.server.info;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Forty hexadecimal digits that tell this process from every other.
public final class RunId {
  private static final int SIZE = 20;

  private static final String VALUE = random();

  private RunId() {}

  public static String value() {
    return VALUE;
  }

  private static String random() {
    byte[] bytes = new byte[SIZE];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
