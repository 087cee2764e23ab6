package io.karst.base;

import java.util.HexFormat;

/// XXH3, the 64-bit variant with seed 0 and the default secret: the digest `DIGEST` answers.
///
/// Not a defence against chosen input. Lengths up to 16, 128 and 240 bytes have formulas of their
/// own; longer input is folded into eight lanes, 64 bytes a step.
///
/// Source: Y. Collet, "XXH3" in the xxHash specification, version 0.2.0 (2023).
public final class Xxh3 {
  private static final long PRIME32_1 = 0x9E3779B1L;
  private static final long PRIME32_2 = 0x85EBCA77L;
  private static final long PRIME32_3 = 0xC2B2AE3DL;
  private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME64_3 = 0x165667B19E3779F9L;
  private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_MIX_1 = 0x165667919E3779F9L;
  private static final long PRIME_MIX_2 = 0x9FB21C651E98DF25L;

  private static final int LANES = 8;
  private static final int STRIPE = LANES * Long.BYTES;
  private static final int STRIPES_PER_BLOCK = 16;
  private static final int BLOCK = STRIPE * STRIPES_PER_BLOCK;
  private static final int MIDDLE_MAX = 240;

  /// The default secret, 192 bytes, as hexadecimal digits.
  private static final String SECRET_DIGITS =
      "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
          + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
          + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
          + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
          + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
          + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e";

  private static final Bytes SECRET = Bytes.of(HexFormat.of().parseHex(SECRET_DIGITS));

  private Xxh3() {}

  public static long hash(Bytes input) {
    int length = input.length();
    if (length <= 16) {
      return upTo16(input, length);
    }
    if (length <= 128) {
      return upTo128(input, length);
    }
    return length <= MIDDLE_MAX ? upTo240(input, length) : large(input, length);
  }

  private static long upTo16(Bytes input, int length) {
    if (length > 8) {
      long low = input.longAt(0) ^ (secret(24) ^ secret(32));
      long high = input.longAt(length - Long.BYTES) ^ (secret(40) ^ secret(48));
      return avalanche(length + Long.reverseBytes(low) + high + multiplyFold(low, high));
    }
    if (length >= 4) {
      long both = intAt(input, length - 4) + (intAt(input, 0) << 32);
      return mixOfLength(both ^ (secret(8) ^ secret(16)), length);
    }
    if (length > 0) {
      long first = input.at(0) & 0xffL;
      long middle = input.at(length >> 1) & 0xffL;
      long last = input.at(length - 1) & 0xffL;
      long all = first << 16 | middle << 24 | last | (long) length << 8;
      return avalanche64(all ^ ((secret(0) ^ (secret(0) >>> 32)) & 0xffff_ffffL));
    }
    return avalanche64(secret(56) ^ secret(64));
  }

  private static long upTo128(Bytes input, int length) {
    long sum = length * PRIME64_1;
    for (int i = (length - 1) >> 5; i >= 0; i--) {
      sum += mix16(input, 16 * i, 32 * i);
      sum += mix16(input, length - 16 * (i + 1), 32 * i + 16);
    }
    return avalanche(sum);
  }

  private static long upTo240(Bytes input, int length) {
    long sum = length * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      sum += mix16(input, 16 * i, 16 * i);
    }
    sum = avalanche(sum);
    for (int i = 8; i < length >> 4; i++) {
      sum += mix16(input, 16 * i, 16 * (i - 8) + 3);
    }
    sum += mix16(input, length - 16, 136 - 17);
    return avalanche(sum);
  }

  private static long large(Bytes input, int length) {
    long[] lanes = {
      PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1
    };
    int blocks = (length - 1) / BLOCK;
    for (int block = 0; block < blocks; block++) {
      accumulate(lanes, input, block * BLOCK, STRIPES_PER_BLOCK);
      scramble(lanes);
    }
    int rest = blocks * BLOCK;
    accumulate(lanes, input, rest, (length - 1 - rest) / STRIPE);
    stripe(lanes, input, length - STRIPE, SECRET.length() - STRIPE - 7);
    return merge(lanes, length * PRIME64_1);
  }

  private static void accumulate(long[] lanes, Bytes input, int from, int stripes) {
    for (int i = 0; i < stripes; i++) {
      stripe(lanes, input, from + i * STRIPE, i * Long.BYTES);
    }
  }

  private static void stripe(long[] lanes, Bytes input, int at, int secretAt) {
    for (int i = 0; i < LANES; i++) {
      long word = input.longAt(at + i * Long.BYTES);
      long keyed = word ^ secret(secretAt + i * Long.BYTES);
      lanes[i ^ 1] += word;
      lanes[i] += (keyed & 0xffff_ffffL) * (keyed >>> 32);
    }
  }

  private static void scramble(long[] lanes) {
    for (int i = 0; i < LANES; i++) {
      long key = secret(SECRET.length() - STRIPE + i * Long.BYTES);
      lanes[i] = (lanes[i] ^ (lanes[i] >>> 47) ^ key) * PRIME32_1;
    }
  }

  private static long merge(long[] lanes, long start) {
    long sum = start;
    for (int i = 0; i < LANES; i += 2) {
      int at = 11 + i * Long.BYTES;
      sum += multiplyFold(lanes[i] ^ secret(at), lanes[i + 1] ^ secret(at + Long.BYTES));
    }
    return avalanche(sum);
  }

  private static long mix16(Bytes input, int at, int secretAt) {
    return multiplyFold(
        input.longAt(at) ^ secret(secretAt),
        input.longAt(at + Long.BYTES) ^ secret(secretAt + Long.BYTES));
  }

  private static long multiplyFold(long a, long b) {
    return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long mixOfLength(long value, int length) {
    long mixed = value ^ Long.rotateLeft(value, 49) ^ Long.rotateLeft(value, 24);
    mixed *= PRIME_MIX_2;
    mixed ^= (mixed >>> 35) + length;
    mixed *= PRIME_MIX_2;
    return mixed ^ (mixed >>> 28);
  }

  private static long avalanche(long value) {
    long mixed = (value ^ (value >>> 37)) * PRIME_MIX_1;
    return mixed ^ (mixed >>> 32);
  }

  private static long avalanche64(long value) {
    long mixed = (value ^ (value >>> 33)) * PRIME64_2;
    mixed = (mixed ^ (mixed >>> 29)) * PRIME64_3;
    return mixed ^ (mixed >>> 32);
  }

  private static long secret(int at) {
    return SECRET.longAt(at);
  }

  private static long intAt(Bytes input, int at) {
    return (input.at(at) & 0xffL)
        | (input.at(at + 1) & 0xffL) << 8
        | (input.at(at + 2) & 0xffL) << 16
        | (input.at(at + 3) & 0xffL) << 24;
  }
}
