package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
import io.karst.engine.KeyEvent;
import io.karst.engine.StreamView;
import io.karst.engine.Tx;
import io.karst.value.StreamConsumer;
import io.karst.value.StreamGroup;
import org.jspecify.annotations.Nullable;

/// Signs of life of consumers, who come to be with the first. Without state.
final class Consumers {
  private Consumers() {}

  /// The consumer has tried something.
  static StreamConsumer seen(Tx tx, StreamView stream, StreamGroup group, Bytes name) {
    StreamConsumer consumer = group.consumer(name);
    long active = consumer == null ? StreamConsumer.NEVER : consumer.activeMillis();
    return put(tx, stream, group, name, active);
  }

  /// The consumer gets something.
  static StreamConsumer active(Tx tx, StreamView stream, StreamGroup group, Bytes name) {
    return put(tx, stream, group, name, tx.now());
  }

  private static StreamConsumer put(
      Tx tx, StreamView stream, StreamGroup group, Bytes name, long activeMillis) {
    if (group.consumer(name) != null) {
      return stream.putConsumer(group, name, tx.now(), activeMillis);
    }
    tx.acts(KeyEvent.XGROUP_CREATECONSUMER);
    StreamConsumer fresh = stream.putConsumer(group, name, tx.now(), activeMillis);
    tx.acts(null); // What it gets is told to nobody else.
    return fresh;
  }

  /// Whose a pending entry is, for people; empty if it is nobody's.
  static Reply name(@Nullable StreamConsumer owner) {
    return Reply.bulk(owner == null ? Bytes.EMPTY : owner.name());
  }
}
