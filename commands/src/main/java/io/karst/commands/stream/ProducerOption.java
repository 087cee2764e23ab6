package io.karst.commands.stream;

import io.karst.base.Bytes;
import io.karst.base.CommandException;
import io.karst.commands.Args;
import io.karst.engine.Production;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads who adds an entry: `IDMP producer token`, or `IDMPAUTO producer`, whose token is what the
/// entry says. Thread: its owner's, for one command.
final class ProducerOption {
  /// How much of the digest of an entry is its token, in bytes.
  private static final int TOKEN_SIZE = 16;

  private @Nullable Bytes producer;
  private @Nullable Bytes token;

  /// Reads the option at an index; returns the index behind it, or `index` if there is none.
  int read(Args args, int index) {
    boolean named = args.is(index, "IDMP") && index + 2 < args.count();
    if (!named && (!args.is(index, "IDMPAUTO") || index + 1 >= args.count())) {
      return index;
    }
    if (producer != null) {
      throw CommandException.err("IDMP/IDMPAUTO specified multiple times");
    }
    producer = word(args, index + 1, "producer ID");
    token = named ? word(args, index + 2, "idempotent ID") : null;
    return index + (named ? 3 : 2);
  }

  private static Bytes word(Args args, int index, String what) {
    Bytes word = args.bytes(index);
    if (word.isEmpty()) {
      throw CommandException.err("IDMP/IDMPAUTO requires a non-empty " + what);
    }
    return word;
  }

  /// The server has to choose the id of an entry that may come again.
  void check(NewId id) {
    if (producer != null && (id.id() != null || !id.anySequence())) {
      throw CommandException.err("IDMP/IDMPAUTO can be used only with auto-generated IDs");
    }
  }

  /// Who adds an entry; null if nobody has said so.
  ///
  /// - `pairs`: what it says.
  @Nullable Production production(List<Bytes> pairs, long nowMillis) {
    Bytes named = producer;
    if (named == null) {
      return null;
    }
    Bytes own = token;
    return new Production(named, own == null ? digest(pairs) : own, nowMillis);
  }

  private static Bytes digest(List<Bytes> pairs) {
    MessageDigest digest = sha256();
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (Bytes word : pairs) {
      digest.update(length.putInt(0, word.length()).array());
      digest.update(word.toArray());
    }
    return Bytes.of(digest.digest()).slice(0, TOKEN_SIZE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException never) {
      throw new AssertionError("every Java has SHA-256", never);
    }
  }
}
