package io.karst.transfer;

import io.karst.base.Bytes;
import io.karst.base.Invariant;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A SHA-1 of strings and numbers, each with its length, in their order. Thread: its owner's.
final class Sum {
  private final MessageDigest digest;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  Sum() {
    try {
      digest = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException impossible) {
      throw Invariant.violated("every JDK has SHA-1");
    }
  }

  Sum put(Bytes bytes) {
    put(bytes.length());
    digest.update(bytes.toArray());
    return this;
  }

  Sum put(long value) {
    digest.update(number.putLong(0, value).array());
    return this;
  }

  Sum put(byte[] other) {
    digest.update(other);
    return this;
  }

  /// The sum; the next begins anew.
  byte[] end() {
    return digest.digest();
  }
}
