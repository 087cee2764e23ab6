package io.karst.bench.quorum;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One gRPC call after the other over HTTP/2, with as little as that takes: what is sent is a few
/// frames that hardly change, and of what comes only the messages are looked at. So the client
/// costs less than what it measures.
///
/// Formats: RFC 9113 (HTTP/2), RFC 7541 (the headers: none is compressed), gRPC over HTTP/2.
final class GrpcWire implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEAD_SIZE = 9;
  private static final int PREFIX_SIZE = 5;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;

  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /// What the server may send before it is told to go on.
  private static final int WINDOW = 1 << 30;

  private static final int[] METHOD_POST_SCHEME_HTTP = {0x83, 0x86};
  private static final int[] PATH = {0x04};
  private static final int[] AUTHORITY = {0x01};
  private static final int[] CONTENT_TYPE = {0x0f, 0x10};
  private static final int[] NEW_NAME = {0x00};

  private final Wire wire;
  private int stream = -1;
  private int received;

  GrpcWire(int port) throws IOException {
    wire = new Wire(port);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREFACE);
    frame(out, SETTINGS, 0, 0, new byte[0]);
    frame(out, WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(WINDOW).array());
    wire.send(out.toByteArray());
  }

  /// The headers of calls of a method, to be used for many.
  ///
  /// - `path`: e.g. `/etcdserverpb.KV/Put`.
  static byte[] headers(String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    literal(out, METHOD_POST_SCHEME_HTTP);
    literal(out, PATH, path);
    literal(out, AUTHORITY, "localhost");
    literal(out, CONTENT_TYPE, "application/grpc");
    literal(out, NEW_NAME, "te", "trailers");
    return out.toByteArray();
  }

  /// Calls a method and returns the message that it answers.
  ///
  /// - throws [IOException] if it answers an error.
  byte[] call(byte[] headers, byte[] message) throws IOException {
    stream += 2;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame(out, HEADERS, END_HEADERS, stream, headers);
    ByteBuffer data = ByteBuffer.allocate(PREFIX_SIZE + message.length);
    data.put((byte) 0).putInt(message.length).put(message);
    frame(out, DATA, END_STREAM, stream, data.array());
    wire.send(out.toByteArray());
    return answer();
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  /// A call that has failed has no message.
  private byte[] answer() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    boolean ended = false;
    while (!ended) {
      ByteBuffer head = ByteBuffer.wrap(wire.read(HEAD_SIZE));
      int size = head.getInt() >>> 8;
      int type = head.get(3);
      int flags = head.get(4);
      int on = head.getInt(5);
      byte[] payload = wire.read(size);
      if (on == stream && type == DATA) {
        message.writeBytes(payload);
        grant(size);
      }
      ended = on == stream && (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
      control(type, flags, payload);
    }
    if (message.size() < PREFIX_SIZE) {
      throw new IOException("a call has failed");
    }
    return Arrays.copyOfRange(message.toByteArray(), PREFIX_SIZE, message.size());
  }

  private void control(int type, int flags, byte[] payload) throws IOException {
    switch (type) {
      case SETTINGS, PING -> {
        if ((flags & ACK) == 0) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          frame(out, type, ACK, 0, type == PING ? payload : new byte[0]);
          wire.send(out.toByteArray());
        }
      }
      case RST_STREAM, GOAWAY -> throw new IOException("the server ends a call");
      default -> {
        // Windows and the like.
        return;
      }
    }
  }

  private void grant(int size) throws IOException {
    received += size;
    if (received > WINDOW / 2) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      frame(out, WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(received).array());
      wire.send(out.toByteArray());
      received = 0;
    }
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_SIZE);
    head.putInt((payload.length << 8) | type).put((byte) flags).putInt(stream);
    out.writeBytes(head.array());
    out.writeBytes(payload);
  }

  private static void literal(ByteArrayOutputStream out, int[] code, String... strings) {
    for (int one : code) {
      out.write(one);
    }
    for (String string : strings) {
      out.write(string.length());
      out.writeBytes(string.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}
