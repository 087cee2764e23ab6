package io.karst.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.ratis.protocol.RaftGroupId;

/// What the members of a cluster know, and what is derived from it. Immutable.
final class Secret {
  private static final String MAC = "HmacSHA256";
  private static final int ID_SIZE = 20;

  private final byte[] key;

  /// - `text`: empty if there is none.
  Secret(String text) {
    // A key must not be empty.
    key = ("karst:" + text).getBytes(StandardCharsets.UTF_8);
  }

  /// The id of the cluster that members form.
  static String clusterId(List<String> sortedIds) {
    return id(String.join("", sortedIds));
  }

  /// The id of a shard of a cluster.
  static String shardId(String clusterId, int number) {
    return id(clusterId + " shard " + number);
  }

  private static String id(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(), 0, ID_SIZE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The Raft group of a shard: nobody knows it who does not know the secret, and Ratis refuses
  /// what is meant for another.
  RaftGroupId groupId(String clusterId, String shardId) {
    return group("group", clusterId, shardId);
  }

  /// The Raft group of the cluster's members.
  RaftGroupId metaGroupId(String clusterId) {
    return group("meta", clusterId, "");
  }

  private RaftGroupId group(String purpose, String clusterId, String shardId) {
    ByteBuffer sum =
        ByteBuffer.wrap(
            sum(
                purpose,
                clusterId.getBytes(StandardCharsets.US_ASCII),
                shardId.getBytes(StandardCharsets.US_ASCII)));
    return RaftGroupId.valueOf(new UUID(sum.getLong(), sum.getLong()));
  }

  /// A sum that only who knows the secret can make.
  ///
  /// - `purpose`: keeps one kind of message from being taken for another.
  byte[] sum(String purpose, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
