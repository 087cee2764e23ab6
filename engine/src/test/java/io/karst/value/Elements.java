package io.karst.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.base.Bytes;
import io.karst.memory.Record;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A sink that writes down what it is handed, a line each, in which every character is one byte.
/// What has no order is sorted in the end.
public final class Elements implements ValueSink, StreamSink {
  private final List<String> lines = new ArrayList<>();
  private final Set<Bytes> seen = new HashSet<>();
  private final Set<Bytes> consumers = new HashSet<>();
  private boolean ordered = true;

  /// The lines of a value.
  public static List<String> of(RdbType type, Bytes body) {
    return of(type, RdbReader.of(body));
  }

  /// The lines of a value, with errors of the reader's.
  static List<String> of(RdbType type, RdbReader in) {
    Elements elements = new Elements();
    RdbValueReader.read(type, in, elements);
    return elements.lines();
  }

  /// The lines of a value whose errors are [IllegalArgumentException]s that say what is wrong.
  static List<String> told(RdbType type, byte[] body) {
    return of(
        type,
        new RdbReader(body, 0, body.length) {
          @Override
          public RuntimeException malformed(String what) {
            return new IllegalArgumentException(what);
          }
        });
  }

  public List<String> lines() {
    if (!ordered) {
      Collections.sort(lines);
    }
    return lines;
  }

  @Override
  public void string(Bytes string) {
    lines.add(text(string));
  }

  @Override
  public void listElement(Bytes element) {
    lines.add(text(element));
  }

  @Override
  public boolean setMember(Bytes member, long expiryMillis) {
    return unordered(member, text(member) + expiry(expiryMillis));
  }

  @Override
  public boolean sortedSetMember(Bytes member, double score, long expiryMillis) {
    return unordered(member, text(member) + " : " + score + expiry(expiryMillis));
  }

  @Override
  public boolean hashField(Bytes field, Bytes value, long expiryMillis) {
    return unordered(field, text(field) + " = " + text(value) + expiry(expiryMillis));
  }

  @Override
  public StreamSink stream() {
    return this;
  }

  @Override
  public void entry(StreamId id, List<Bytes> fieldsAndValues) {
    lines.add(id + " " + String.join(" ", fieldsAndValues.stream().map(Elements::text).toList()));
  }

  @Override
  public void state(StreamState state) {
    lines.add(
        String.join(
            " ",
            "length " + state.length(),
            "last " + state.lastId(),
            "first " + state.firstId(),
            "deleted " + state.maxDeletedId(),
            "added " + state.entriesAdded()));
  }

  @Override
  public boolean group(Bytes name, StreamId lastDelivered, long entriesRead) {
    lines.add("group " + text(name) + " last " + lastDelivered + " read " + entriesRead);
    consumers.clear();
    return seen.add(name);
  }

  @Override
  public void pending(StreamId id, long deliveredMillis, long deliveries) {
    lines.add("pending " + id + " at " + deliveredMillis + " times " + deliveries);
  }

  @Override
  public boolean consumer(Bytes name, long seenMillis, long activeMillis) {
    String active = activeMillis == seenMillis ? "" : " active " + activeMillis;
    lines.add("consumer " + text(name) + " seen " + seenMillis + active);
    return consumers.add(name);
  }

  @Override
  public void consumerPending(StreamId id) {
    lines.add("has " + id);
  }

  private boolean unordered(Bytes key, String line) {
    ordered = false;
    lines.add(line);
    return seen.add(key);
  }

  private static String expiry(long millis) {
    return millis == Record.NO_EXPIRY ? "" : " until " + millis;
  }

  static String text(Bytes bytes) {
    return new String(bytes.toArray(), ISO_8859_1);
  }

  @Override
  public void producers(int durationSeconds, int tokensMax, long added, long duplicates) {
    lines.add(
        "producers for "
            + durationSeconds
            + " at most "
            + tokensMax
            + " added "
            + added
            + " duplicates "
            + duplicates);
  }

  @Override
  public void produced(Bytes producer, Bytes token, StreamId id, long addedMillis) {
    lines.add(
        "producer "
            + text(producer)
            + " token "
            + text(token)
            + " of "
            + id
            + " at "
            + addedMillis);
  }
}
