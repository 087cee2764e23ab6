package io.karst.bench.clients;

import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.RespConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Clients that are all there at once.
///
/// Thread: its owner's.
final class Crowd implements AutoCloseable {
  private final List<Guest> guests = new ArrayList<>();

  /// Lets that many come; each has been answered.
  Crowd(int port, int count) {
    try {
      for (int i = 0; i < count; i++) {
        guests.add(Guest.plain(port));
      }
      ping();
    } catch (IOException e) {
      close();
      throw new HarnessException("client " + guests.size() + " of " + count + " failed", e);
    }
  }

  /// Each asks and is answered, one after the other.
  void ping() {
    try {
      for (Guest each : guests) {
        each.ping();
      }
    } catch (IOException e) {
      throw new HarnessException("a client of the crowd failed", e);
    }
  }

  /// Each listens to one channel, and gets everything that is published there, in its order.
  void listen(RespConnection publisher, int messages) {
    try {
      byte[] subscribe = Guest.bytes("SUBSCRIBE crowd\r\n");
      byte[] subscribed = Guest.bytes("*3\r\n$9\r\nsubscribe\r\n$5\r\ncrowd\r\n:1\r\n");
      for (Guest each : guests) {
        each.send(subscribe);
        each.expect(subscribed);
      }
      for (int i = 0; i < messages; i++) {
        String reached = publisher.call("PUBLISH", "crowd", text(i));
        if (!reached.equals(Integer.toString(guests.size()))) {
          throw new HarnessException("a message reached " + reached + " of " + guests.size());
        }
      }
      for (Guest each : guests) {
        for (int i = 0; i < messages; i++) {
          each.expect(
              Guest.bytes("*3\r\n$7\r\nmessage\r\n$5\r\ncrowd\r\n$8\r\n" + text(i) + "\r\n"));
        }
      }
    } catch (IOException e) {
      throw new HarnessException("a listener failed", e);
    }
  }

  /// Of eight characters.
  private static String text(int number) {
    return Integer.toString(10_000_000 + number);
  }

  @Override
  public void close() {
    try {
      for (Guest each : guests) {
        each.close();
      }
    } catch (IOException e) {
      throw new HarnessException("cannot close a connection", e);
    }
  }
}
