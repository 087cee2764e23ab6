package io.karst.server.acl;

import io.karst.base.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The SHA-256 of a password, which is all that is kept of it. Immutable.
final class PasswordHash {
  private static final int HEX_LENGTH = 64;
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] hash;

  private PasswordHash(byte[] hash) {
    this.hash = hash;
  }

  static PasswordHash of(Bytes password) {
    try {
      return new PasswordHash(MessageDigest.getInstance("SHA-256").digest(password.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// - throws [RuleException] unless `hex` is 64 digits in lower case.
  static PasswordHash ofHex(String hex) throws RuleException {
    boolean digits = hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (hex.length() != HEX_LENGTH || !digits) {
      throw new RuleException(
          "The password hash must be exactly 64 characters and contain only lowercase hexadecimal"
              + " characters");
    }
    return new PasswordHash(HEX.parseHex(hex));
  }

  /// How long it takes does not tell how much of it is the same.
  boolean isSame(PasswordHash other) {
    return MessageDigest.isEqual(hash, other.hash);
  }

  String hex() {
    return HEX.formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && isSame(that);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }
}
