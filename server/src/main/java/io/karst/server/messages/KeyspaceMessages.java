package io.karst.server.messages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import io.karst.engine.KeyEvent;
import io.karst.server.config.KeyspaceEvents;

/// Tells of what happens to keys by messages: on a channel for each key, whose messages name the
/// event, and on one for each event, whose messages name the key. Thread-safe.
final class KeyspaceMessages {
  private final Exchange exchange;
  private volatile boolean byKey;
  private volatile boolean byEvent;

  KeyspaceMessages(Exchange exchange) {
    this.exchange = exchange;
  }

  void follow(KeyspaceEvents wanted) {
    byKey = wanted.byKey();
    byEvent = wanted.byEvent();
  }

  void happened(int database, Bytes key, KeyEvent event, long seenLsn, long heldLsn) {
    Bytes name = Bytes.utf8(event.redisName());
    if (byKey) {
      publish(channel("__keyspace@", database, key), name, seenLsn, heldLsn);
    }
    if (byEvent) {
      publish(channel("__keyevent@", database, name), key, seenLsn, heldLsn);
    }
  }

  private void publish(Bytes channel, Bytes payload, long seenLsn, long heldLsn) {
    Publication publication = exchange.publish(Kind.CHANNEL, channel, payload, null);
    if (publication != null) {
      publication.announce(seenLsn, heldLsn);
    }
  }

  private static Bytes channel(String prefix, int database, Bytes name) {
    byte[] head = (prefix + database + "__:").getBytes(ISO_8859_1);
    byte[] channel = new byte[head.length + name.length()];
    System.arraycopy(head, 0, channel, 0, head.length);
    name.copyTo(0, channel, head.length, name.length());
    return Bytes.of(channel);
  }
}
