package io.karst.server.messages;

import io.karst.base.Bytes;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A message on its way between members of a cluster:
///
/// ```
/// kind (1): 1, a message to a channel | length of the channel's name (4) | name | payload
/// ```
///
/// Kinds that a member does not know it passes by: they are those of later versions.
final class RelayFormat {
  private static final byte CHANNEL_MESSAGE = 1;
  private static final int HEADER_SIZE = 1 + Integer.BYTES;

  /// A message to a channel.
  record Content(Bytes channel, Bytes payload) {}

  private RelayFormat() {}

  static byte[] encode(Bytes channel, Bytes payload) {
    byte[] message = new byte[HEADER_SIZE + channel.length() + payload.length()];
    ByteBuffer.wrap(message).put(CHANNEL_MESSAGE).putInt(channel.length());
    channel.copyTo(0, message, HEADER_SIZE, channel.length());
    payload.copyTo(0, message, HEADER_SIZE + channel.length(), payload.length());
    return message;
  }

  /// Null if it is not understood.
  static @Nullable Content decode(byte[] message) {
    if (message.length < HEADER_SIZE || message[0] != CHANNEL_MESSAGE) {
      return null;
    }
    int length = ByteBuffer.wrap(message, 1, Integer.BYTES).getInt();
    if (length < 0 || length > message.length - HEADER_SIZE) {
      return null;
    }
    Bytes all = Bytes.of(message);
    int payloadAt = HEADER_SIZE + length;
    return new Content(
        all.slice(HEADER_SIZE, length), all.slice(payloadAt, message.length - payloadAt));
  }
}
