package io.karst.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a member asks a leader to do: that of a shard, or of the meta group.
///
/// - `member`: whom it concerns; only its id counts, but for
///   [Kind#JOIN] and [Kind#PLACE].
/// - `voting`: of [Kind#VOTING].
record Order(Kind kind, Member member, boolean voting) {
  enum Kind {
    /// The meta group's: give it a shard.
    PLACE,
    /// The meta group's: forget it.
    DISMISS,
    /// Make it a member of the shard.
    JOIN,
    /// Let it count for majorities of the shard, or not.
    VOTING,
    /// Make it no member of the shard.
    REMOVE,
    /// Let it lead the shard.
    LEAD;

    /// Whether the leader of the meta group does it.
    boolean isMeta() {
      return this == PLACE || this == DISMISS;
    }
  }

  static Order of(Kind kind, String memberId, boolean voting) {
    return new Order(kind, new Member(memberId, "", 0, "", 0, false, false), voting);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(kind.name());
      Greeting.write(out, member);
      out.writeBoolean(voting);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Order decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      return new Order(Kind.valueOf(in.readUTF()), Greeting.readMember(in), in.readBoolean());
    } catch (IllegalArgumentException e) {
      throw new IOException("an order of a kind that is not known", e);
    }
  }
}
