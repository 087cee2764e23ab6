package io.karst.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.karst.commands.Args;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a decoder over a stream that arrives in pieces, as a connection does.
final class DecodedStream {
  private final RequestDecoder decoder;
  private final List<List<String>> commands = new ArrayList<>();
  private byte[] pending = new byte[0];

  private DecodedStream(boolean authenticated) {
    decoder = new RequestDecoder(512 << 20, authenticated);
  }

  /// The commands found, and the error line if the stream turned out not to be RESP.
  record Outcome(List<List<String>> commands, @Nullable String error) {}

  static Outcome whole(String stream) {
    return pieces(stream.getBytes(ISO_8859_1), Math.max(1, stream.length()));
  }

  static Outcome unauthenticated(String stream) {
    return new DecodedStream(false).run(List.of(stream.getBytes(ISO_8859_1)));
  }

  static Outcome pieces(byte[] stream, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < stream.length; at += size) {
      pieces.add(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
    }
    return new DecodedStream(true).run(pieces);
  }

  static Outcome cutAt(byte[] stream, int first, int second) {
    return new DecodedStream(true)
        .run(
            List.of(
                Arrays.copyOfRange(stream, 0, first),
                Arrays.copyOfRange(stream, first, second),
                Arrays.copyOfRange(stream, second, stream.length)));
  }

  private Outcome run(List<byte[]> pieces) {
    try {
      for (byte[] piece : pieces) {
        take(piece);
      }
    } catch (ProtocolException error) {
      return new Outcome(commands, error.line());
    }
    return new Outcome(commands, null);
  }

  private void take(byte[] piece) throws ProtocolException {
    int taken = 0;
    ArgumentBuffer collecting = decoder.collecting();
    if (collecting != null) {
      taken = collecting.add(piece, 0, piece.length);
      if (collecting.missing() > 0) {
        return;
      }
    }
    byte[] input = Arrays.copyOf(pending, pending.length + piece.length - taken);
    System.arraycopy(piece, taken, input, pending.length, piece.length - taken);
    Args args = new Args();
    int at = 0;
    while (true) {
      int end = decoder.decode(input, at, input.length, args);
      if (end == RequestDecoder.INCOMPLETE) {
        pending = Arrays.copyOfRange(input, at, at + decoder.kept(at, input.length));
        return;
      }
      at = end;
      if (args.count() > 0) {
        commands.add(words(args));
      }
    }
  }

  private static List<String> words(Args args) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.count(); i++) {
      words.add(new String(args.bytes(i).toArray(), ISO_8859_1));
    }
    return words;
  }
}
