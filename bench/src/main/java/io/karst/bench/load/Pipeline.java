package io.karst.bench.load;

import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// One client: it sends some requests at once, waits for all their replies, and sends the next.
///
/// Every reply is checked: what is not the value of the key that was asked for ends the load.
///
/// Thread: its [LoadThread]'s.
final class Pipeline {
  private final SocketChannel channel;
  private final Mix mix;
  private final RequestEncoder encoder;
  private final SplittableRandom random;
  private final int[] numbers;
  private final boolean[] writes;

  /// Where the reply to each request begins, and at last where all end.
  private final int[] replyAt;

  private final byte[] requests;
  private final ByteBuffer out;
  private final byte[] received;
  private final ByteBuffer in;

  /// Replies of which all is right so far.
  private int checked;

  private long sentNanos;

  Pipeline(SocketChannel channel, Mix mix, int depth, SplittableRandom random) {
    this.channel = channel;
    this.mix = mix;
    this.random = random;
    encoder = new RequestEncoder(mix.dataset());
    numbers = new int[depth];
    writes = new boolean[depth];
    replyAt = new int[depth + 1];
    requests = new byte[depth * encoder.sizeMax()];
    out = ByteBuffer.allocateDirect(requests.length);
    received = new byte[requests.length];
    in = ByteBuffer.allocateDirect(requests.length);
  }

  /// Sends the next requests; the rest of them is for [#write], if this returns false.
  boolean send() {
    int end = 0;
    for (int i = 0; i < numbers.length; i++) {
      int number = mix.keys().next(random);
      boolean write = mix.nextWrites(random);
      numbers[i] = number;
      writes[i] = write;
      end = write ? encoder.set(number, random, requests, end) : encoder.get(number, requests, end);
      replyAt[i + 1] = replyAt[i] + encoder.replySize(number, write);
    }
    checked = 0;
    in.clear().limit(replyAt[numbers.length]);
    out.clear().put(requests, 0, end).flip();
    sentNanos = System.nanoTime();
    return write();
  }

  /// Sends what is left to be sent; whether that was all.
  boolean write() {
    try {
      channel.write(out);
      return !out.hasRemaining();
    } catch (IOException e) {
      throw new DisconnectedException("cannot send", e);
    }
  }

  /// Takes what has come; whether that completes the replies.
  boolean read() {
    int before = in.position();
    try {
      if (channel.read(in) < 0) {
        throw new DisconnectedException("the server closed the connection");
      }
    } catch (IOException e) {
      throw new DisconnectedException("no reply", e);
    }
    in.get(before, received, before, in.position() - before);
    check(in.position());
    return !in.hasRemaining();
  }

  /// Adds what the requests just answered took.
  void record(Latencies read, Latencies written) {
    long nanos = System.nanoTime() - sentNanos;
    for (boolean write : writes) {
      (write ? written : read).add(nanos);
    }
  }

  int depth() {
    return numbers.length;
  }

  /// An error is shorter than the reply that is awaited: it has to be noticed by its beginning.
  private void check(int end) {
    while (checked < numbers.length && replyAt[checked] < end) {
      int at = replyAt[checked];
      byte[] head = encoder.replyHead(numbers[checked], writes[checked]);
      for (int i = 0; i < head.length && at + i < end; i++) {
        if (received[at + i] != head[i]) {
          throw wrong(at, end);
        }
      }
      if (replyAt[checked + 1] > end) {
        return;
      }
      if (!writes[checked]) {
        checkKey(at + head.length, end);
      }
      checked++;
    }
  }

  /// A value begins with its key, of which the digits are looked at.
  private void checkKey(int at, int end) {
    int rest = numbers[checked];
    for (int i = at + Dataset.KEY_SIZE - 1; i >= at + Dataset.PREFIX_SIZE; i--) {
      if (received[i] != '0' + rest % 10) {
        throw wrong(at, end);
      }
      rest /= 10;
    }
  }

  private HarnessException wrong(int at, int end) {
    String request = (writes[checked] ? "SET" : "GET") + " of key " + numbers[checked];
    String reply =
        new String(received, at, Math.min(end - at, 60), StandardCharsets.ISO_8859_1).strip();
    return new HarnessException("a " + request + " was answered with " + reply);
  }
}
