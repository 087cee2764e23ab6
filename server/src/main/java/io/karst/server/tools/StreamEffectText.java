package io.karst.server.tools;

import io.karst.history.StreamEffect;
import io.karst.value.StreamSink;

/// Effects on streams as the commands they are: a part of [EffectText].
final class StreamEffectText {
  private StreamEffectText() {}

  static String of(StreamEffect effect) {
    return switch (effect) {
      case StreamEffect.Append append -> append(append);
      case StreamEffect.Remove remove -> "XDEL " + remove.key() + " " + remove.id();
      case StreamEffect.TrimTo trim -> "XTRIM " + trim.key() + " up to " + trim.id();
      case StreamEffect.State state ->
          "XSETID "
              + state.key()
              + " "
              + state.lastId()
              + " ENTRIESADDED "
              + state.entriesAdded()
              + " MAXDELETEDID "
              + state.maxDeletedId();
      case StreamEffect.Group group ->
          "XGROUP CREATE|SETID "
              + group.key()
              + " "
              + group.group()
              + " "
              + group.lastDelivered()
              + (group.entriesRead() == StreamSink.ENTRIES_READ_UNKNOWN
                  ? ""
                  : " ENTRIESREAD " + group.entriesRead());
      case StreamEffect.DestroyGroup destroy ->
          "XGROUP DESTROY " + destroy.key() + " " + destroy.group();
      case StreamEffect.Consumer consumer ->
          "XGROUP CREATECONSUMER "
              + consumer.key()
              + " "
              + consumer.group()
              + " "
              + consumer.consumer()
              + ", seen "
              + EffectText.time(consumer.seenMillis());
      case StreamEffect.DeleteConsumer delete ->
          "XGROUP DELCONSUMER " + delete.key() + " " + delete.group() + " " + delete.consumer();
      case StreamEffect.Pending pending -> pending(pending);
      case StreamEffect.Acknowledge acknowledge ->
          "XACK " + acknowledge.key() + " " + acknowledge.group() + " " + acknowledge.id();
      case StreamEffect.Release release ->
          "XNACK "
              + release.key()
              + " "
              + release.group()
              + " FAIL IDS 1 "
              + release.id()
              + " RETRYCOUNT "
              + release.deliveries()
              + " FORCE";
      case StreamEffect.Produced produced -> produced(produced);
      case StreamEffect.Producers producers ->
          "XCFGSET "
              + producers.key()
              + " IDMP-DURATION "
              + producers.durationSeconds()
              + " IDMP-MAXSIZE "
              + producers.tokensMax()
              + ", "
              + producers.duplicates()
              + " duplicates";
    };
  }

  private static String append(StreamEffect.Append append) {
    StringBuilder text = new StringBuilder("XADD ").append(append.key()).append(' ');
    text.append(append.id());
    append.pairs().forEach(each -> text.append(' ').append(each));
    return text.toString();
  }

  private static String pending(StreamEffect.Pending pending) {
    return "XCLAIM "
        + pending.key()
        + " "
        + pending.group()
        + " "
        + pending.consumer()
        + " 0 "
        + pending.id()
        + " TIME "
        + EffectText.time(pending.deliveredMillis())
        + " RETRYCOUNT "
        + pending.deliveries()
        + " FORCE JUSTID";
  }

  private static String produced(StreamEffect.Produced produced) {
    return "XIDMPRECORD "
        + produced.key()
        + " "
        + produced.producer()
        + " "
        + produced.token()
        + " "
        + produced.id()
        + ", added "
        + EffectText.time(produced.addedMillis());
  }
}
