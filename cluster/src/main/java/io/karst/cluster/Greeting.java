package io.karst.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a member says of itself, and of its cluster, to whoever asks and knows the secret.
///
/// - `clusterId`: empty while it belongs to none, or cannot say just now.
/// - `leaderId`: empty if it knows of none.
/// - `met`: the ids of the members at all its seeds, sorted; empty until it has met all of them.
/// - `votersMax`: how many members are to count for majorities, as it was told.
/// - `configuration`: the number of the configuration that `members` is, if a majority has that;
///   else negative. Grows with each.
/// - `members`: those of the cluster, as it knows them.
/// - `challenge`: what an order to it has to answer to.
record Greeting(
    Member self,
    String clusterId,
    String leaderId,
    List<String> met,
    int votersMax,
    long configuration,
    List<Member> members,
    String challenge) {
  private static final int MEMBERS_MAX = 1000;

  Greeting {
    met = List.copyOf(met);
    members = List.copyOf(members);
  }

  /// Whether it belongs to a cluster, and knows whose that is.
  boolean formed() {
    return !clusterId.isEmpty() && !members.isEmpty();
  }

  /// Whom it takes for the leader.
  @Nullable Member leader() {
    return members.stream().filter(each -> each.id().equals(leaderId)).findFirst().orElse(null);
  }

  boolean has(String memberId) {
    return members.stream().anyMatch(member -> member.id().equals(memberId));
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      write(out, self);
      out.writeUTF(clusterId);
      out.writeUTF(leaderId);
      out.writeInt(met.size());
      for (String id : met) {
        out.writeUTF(id);
      }
      out.writeInt(votersMax);
      out.writeLong(configuration);
      out.writeInt(members.size());
      for (Member member : members) {
        write(out, member);
      }
      out.writeUTF(challenge);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Greeting decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Member self = readMember(in);
    String clusterId = in.readUTF();
    String leaderId = in.readUTF();
    List<String> met = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      met.add(in.readUTF());
    }
    int votersMax = in.readInt();
    long configuration = in.readLong();
    List<Member> members = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      members.add(readMember(in));
    }
    String challenge = in.readUTF();
    return new Greeting(
        self, clusterId, leaderId, met, votersMax, configuration, members, challenge);
  }

  private static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MEMBERS_MAX) {
      throw new IOException("a greeting with " + count + " members");
    }
    return count;
  }

  static void write(DataOutputStream out, Member member) throws IOException {
    out.writeUTF(member.id());
    out.writeUTF(member.host());
    out.writeInt(member.port());
    out.writeUTF(member.clusterHost());
    out.writeInt(member.clusterPort());
    out.writeBoolean(member.voting());
    out.writeBoolean(member.reachable());
  }

  static Member readMember(DataInputStream in) throws IOException {
    return new Member(
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readUTF(),
        in.readInt(),
        in.readBoolean(),
        in.readBoolean());
  }
}
