package io.karst.server.changes;

import io.karst.base.Bytes;
import io.karst.history.StreamEffect;
import io.karst.value.StreamId;
import io.karst.value.StreamSink;

/// Effects on streams as the commands they are: a part of [EffectWords].
final class StreamEffectWords {
  private StreamEffectWords() {}

  static Words of(StreamEffect effect) {
    Bytes key = effect.key();
    return switch (effect) {
      case StreamEffect.Append append ->
          Words.of("XADD", key).add(append.id()).addAll(append.pairs());
      case StreamEffect.Remove remove -> Words.of("XDEL", key).add(remove.id());
      case StreamEffect.TrimTo trim -> trim(key, trim.id());
      case StreamEffect.State state ->
          Words.of("XSETID", key)
              .add(state.lastId())
              .add("ENTRIESADDED")
              .add(state.entriesAdded())
              .add("MAXDELETEDID")
              .add(state.maxDeletedId());
      case StreamEffect.Group group -> group(group);
      case StreamEffect.DestroyGroup destroy ->
          Words.of("XGROUP DESTROY", key).add(destroy.group());
      case StreamEffect.Consumer consumer ->
          Words.of("XGROUP CREATECONSUMER", key)
              .add(consumer.group())
              .add(consumer.consumer())
              .add("SEEN")
              .add(consumer.seenMillis())
              .add("ACTIVE")
              .add(consumer.activeMillis());
      case StreamEffect.DeleteConsumer delete ->
          Words.of("XGROUP DELCONSUMER", key).add(delete.group()).add(delete.consumer());
      case StreamEffect.Pending pending -> pending(pending);
      case StreamEffect.Acknowledge acknowledge ->
          Words.of("XACK", key).add(acknowledge.group()).add(acknowledge.id());
      case StreamEffect.Release release ->
          Words.of("XNACK", key)
              .add(release.group())
              .add("FAIL")
              .add("IDS")
              .add(1)
              .add(release.id())
              .add("RETRYCOUNT")
              .add(release.deliveries())
              .add("FORCE");
      case StreamEffect.Produced produced ->
          Words.of("XIDMPRECORD", key)
              .add(produced.producer())
              .add(produced.token())
              .add(produced.id())
              .add("TIME")
              .add(produced.addedMillis());
      case StreamEffect.Producers producers ->
          Words.of("XCFGSET", key)
              .add("IDMP-DURATION")
              .add(producers.durationSeconds())
              .add("IDMP-MAXSIZE")
              .add(producers.tokensMax());
    };
  }

  /// The entries up to an id go, this included.
  private static Words trim(Bytes key, StreamId id) {
    StreamId next = id.next();
    return next == null
        ? Words.of("XTRIM", key).add("MAXLEN").add(0)
        : Words.of("XTRIM", key).add("MINID").add(next);
  }

  private static Words group(StreamEffect.Group group) {
    Words words = Words.of("XGROUP CREATE", group.key()).add(group.group());
    words.add(group.lastDelivered());
    return group.entriesRead() == StreamSink.ENTRIES_READ_UNKNOWN
        ? words
        : words.add("ENTRIESREAD").add(group.entriesRead());
  }

  private static Words pending(StreamEffect.Pending pending) {
    return Words.of("XCLAIM", pending.key())
        .add(pending.group())
        .add(pending.consumer())
        .add(0)
        .add(pending.id())
        .add("TIME")
        .add(pending.deliveredMillis())
        .add("RETRYCOUNT")
        .add(pending.deliveries())
        .add("FORCE")
        .add("JUSTID");
  }
}
