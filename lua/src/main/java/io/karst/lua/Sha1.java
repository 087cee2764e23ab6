package io.karst.lua;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest by which scripts are known.
final class Sha1 {
  private Sha1() {}

  static String hex(Bytes bytes) {
    return hex(bytes.toArray());
  }

  static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw Invariant.violated("every JDK has SHA-1: " + e);
    }
  }
}
