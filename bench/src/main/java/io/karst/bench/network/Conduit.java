package io.karst.bench.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/// One connection between two members, as two sockets of this process with a link for each
/// direction between them.
///
/// Thread-safe.
final class Conduit {
  private static final int CHUNK_SIZE = 64 << 10;

  /// What is on the way, in chunks; beyond that the sender has to wait.
  private static final int CHUNKS_MAX = 64;

  private final Socket near;
  private final Socket far;

  /// - `bytes`: none at the end.
  private record Chunk(ByteBuffer bytes, long sentNanos) {}

  /// - `near`: to the one who has connected; `far` to the other. Both belong to this.
  Conduit(Socket near, Socket far) {
    this.near = near;
    this.far = far;
  }

  /// Carries everything to its end, which [#close] may bring.
  ///
  /// - `out`: from near to far.
  void start(Link out, Link back) {
    carry(near, far, out);
    carry(far, near, back);
  }

  boolean isClosed() {
    return near.isClosed() && far.isClosed();
  }

  void close() {
    close(near);
    close(far);
  }

  private void carry(Socket from, Socket to, Link link) {
    ArrayBlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
    Thread.ofVirtual().start(() -> read(from, chunks));
    Thread.ofVirtual().start(() -> write(chunks, to, link));
  }

  private static void read(Socket from, ArrayBlockingQueue<Chunk> chunks) {
    try {
      byte[] buffer = new byte[CHUNK_SIZE];
      int size = 0;
      while (size >= 0) {
        size = receive(from, buffer);
        chunks.put(new Chunk(copy(buffer, Math.max(0, size)), System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ByteBuffer copy(byte[] bytes, int size) {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size));
  }

  /// Returns -1 at the end, which is an error as well.
  private static int receive(Socket from, byte[] buffer) {
    try {
      InputStream in = from.getInputStream();
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private void write(ArrayBlockingQueue<Chunk> chunks, Socket to, Link link) {
    try {
      WritableByteChannel out = Channels.newChannel(to.getOutputStream());
      for (Chunk chunk = chunks.take(); chunk.bytes.hasRemaining(); chunk = chunks.take()) {
        link.pass(chunk.sentNanos, System.nanoTime(), chunk.bytes.remaining());
        out.write(chunk.bytes);
      }
      // That the other side has gone is heard as late as anything else.
      link.pass(System.nanoTime(), System.nanoTime(), 0);
    } catch (IOException e) {
      // The receiver has gone.
      chunks.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      // The reader may wait for room.
      chunks.clear();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
