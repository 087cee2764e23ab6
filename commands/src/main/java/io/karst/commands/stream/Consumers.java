package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.commands.Reply;
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
    return stream.putConsumer(group, name, tx.now(), active);
  }

  /// The consumer gets something.
  static StreamConsumer active(Tx tx, StreamView stream, StreamGroup group, Bytes name) {
    return stream.putConsumer(group, name, tx.now(), tx.now());
  }

  /// Whose a pending entry is, for people; empty if it is nobody's.
  static Reply name(@Nullable StreamConsumer owner) {
    return Reply.bulk(owner == null ? Bytes.EMPTY : owner.name());
  }
}
