package io.karst.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a member asks the leader to do.
///
/// - `member`: whom it concerns; only its id counts, but for [Kind#JOIN].
/// - `voting`: of [Kind#VOTING].
record Order(Kind kind, Member member, boolean voting) {
  enum Kind {
    /// Make it a member.
    JOIN,
    /// Let it count for majorities, or not.
    VOTING,
    /// Make it none.
    REMOVE,
    /// Let it lead.
    LEAD
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
