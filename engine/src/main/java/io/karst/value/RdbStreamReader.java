package io.karst.value;

import io.karst.base.Bytes;
import io.karst.base.Limits;
import java.util.ArrayList;
import java.util.List;

/// Reads a stream: nodes of entries, then what the stream knows of itself, then its groups.
///
/// The number of entries read that a group of the first form does not have is worked out from the
/// place of its last id, as far as that tells.
final class RdbStreamReader {
  private static final int ID_SIZE = 2 * Long.BYTES;

  private final RdbReader in;
  private final StreamSink sink;

  RdbStreamReader(RdbReader in, StreamSink sink) {
    this.in = in;
    this.sink = sink;
  }

  /// - `type`: of the six forms.
  void read(RdbType type) {
    StreamNodeReader nodes = new StreamNodeReader(sink);
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      StreamId base = nodeId();
      nodes.read(in.within(RdbStringCodec.read(in, Integer.MAX_VALUE - Long.BYTES)), base);
    }
    StreamState state = state(type, nodes);
    sink.state(state);
    RdbGroupReader groups = new RdbGroupReader(in, sink, type, state);
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      groups.read();
    }
    switch (type) {
      case STREAM_4, STREAM_5 -> readProducersOfRedis();
      case STREAM_PRODUCED -> {
        if (in.readLength(1) == 1) {
          readProducers();
        }
      }
      default -> {}
    }
  }

  /// A token of a producer, and the entry it came with.
  private record Token(Bytes producer, Bytes token, StreamId id) {}

  /// Reads what follows the groups in types 26 and 27, which every stream has there. When a token
  /// was added is told by the id of its entry.
  private void readProducersOfRedis() {
    int duration = in.readLength(StreamProducers.DURATION_SECONDS_MAX);
    int tokensMax = in.readLength(StreamProducers.TOKENS_MAX);
    List<Token> tokens = new ArrayList<>();
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      Bytes producer = RdbStringCodec.read(in, Limits.STRING_SIZE_MAX).copy();
      for (long more = in.readLength(Long.MAX_VALUE); more > 0; more--) {
        Bytes token = RdbStringCodec.read(in, Limits.STRING_SIZE_MAX).copy();
        tokens.add(new Token(producer, token, id(in)));
      }
    }
    long added = in.readLength(Long.MAX_VALUE);
    long duplicates = in.readLength(Long.MAX_VALUE);
    boolean usual =
        duration == StreamProducers.DURATION_SECONDS && tokensMax == StreamProducers.TOKENS;
    if (usual && tokens.isEmpty() && added == 0 && duplicates == 0) {
      return;
    }
    checkRule(duration, tokensMax);
    sink.producers(duration, tokensMax, added, duplicates);
    for (Token token : tokens) {
      long addedMillis = Math.clamp(token.id().millis(), 0, Limits.EXPIRY_MAX);
      sink.produced(token.producer(), token.token(), token.id(), addedMillis);
    }
  }

  private void checkRule(int durationSeconds, int tokensMax) {
    if (durationSeconds == 0 || tokensMax == 0) {
      throw in.malformed("a stream that remembers nothing of its producers");
    }
  }

  private void readProducers() {
    int duration = in.readLength(StreamProducers.DURATION_SECONDS_MAX);
    int tokensMax = in.readLength(StreamProducers.TOKENS_MAX);
    checkRule(duration, tokensMax);
    sink.producers(
        duration, tokensMax, in.readLength(Long.MAX_VALUE), in.readLength(Long.MAX_VALUE));
    for (long left = in.readLength(Long.MAX_VALUE); left > 0; left--) {
      Bytes producer = RdbStringCodec.read(in, Limits.STRING_SIZE_MAX);
      Bytes token = RdbStringCodec.read(in, Limits.STRING_SIZE_MAX);
      sink.produced(producer, token, id(in), in.readLittleEndian(Long.BYTES));
    }
  }

  private StreamState state(RdbType type, StreamNodeReader nodes) {
    long length = in.readNumber();
    if (length != nodes.entries()) {
      throw in.malformed("a stream with a wrong count");
    }
    StreamId last = id(in);
    if (last.compareTo(nodes.lastId()) < 0) {
      throw in.malformed("a last id before that of the last entry");
    }
    if (type == RdbType.STREAM) {
      return new StreamState(length, last, nodes.firstId(), StreamId.ZERO, length);
    }
    id(in); // The first id, which the entries say themselves.
    StreamId maxDeleted = id(in);
    long added = in.readLength(Long.MAX_VALUE);
    if (added < length) {
      throw in.malformed("a stream with more entries than there ever were");
    }
    return new StreamState(length, last, nodes.firstId(), maxDeleted, added);
  }

  private StreamId nodeId() {
    RdbReader id = in.within(RdbStringCodec.read(in, ID_SIZE));
    if (id.remaining() != ID_SIZE) {
      throw in.malformed("a stream node without an id");
    }
    return rawId(id);
  }

  /// An id of 16 bytes, the highest first.
  static StreamId rawId(RdbReader in) {
    long millis = Long.reverseBytes(in.readLittleEndian(Long.BYTES));
    return new StreamId(millis, Long.reverseBytes(in.readLittleEndian(Long.BYTES)));
  }

  /// An id of two numbers.
  static StreamId id(RdbReader in) {
    long millis = in.readNumber();
    return new StreamId(millis, in.readNumber());
  }
}
