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
/// - `shard`: the number of its shard; negative if it has none yet.
/// - `term`: of its shard.
/// - `leaderId`: who leads its shard; empty if it knows of none.
/// - `metaLeader`: where the leader of the meta group is reached; empty if it knows of none.
/// - `founders`: whom the cluster was formed with; none if it has come later.
/// - `met`: the ids of the members at all its seeds, sorted; empty until it has met all of them.
/// - `votersMax`: how many members of a shard are to count for majorities, as it was told.
/// - `configuration`: the number of the configuration that `members` is, if a majority has that;
///   else negative. Grows with each.
/// - `members`: those of its shard, as it knows them.
/// - `hasRoom`: whether its disk has room for more history.
/// - `challenge`: what an order to it has to answer to.
record Greeting(
    Member self,
    String clusterId,
    int shard,
    long term,
    String leaderId,
    String metaLeader,
    List<Founder> founders,
    List<String> met,
    int votersMax,
    long configuration,
    List<Member> members,
    boolean hasRoom,
    String challenge) {
  private static final int MEMBERS_MAX = 1000;

  Greeting {
    founders = List.copyOf(founders);
    met = List.copyOf(met);
    members = List.copyOf(members);
  }

  /// Whether it belongs to a cluster, and knows whose that is.
  boolean formed() {
    return !clusterId.isEmpty() && !members.isEmpty();
  }

  /// Whom it takes for the leader of its shard.
  @Nullable Member leader() {
    return members.stream().filter(each -> each.id().equals(leaderId)).findFirst().orElse(null);
  }

  /// Whether it leads its shard, by its own word.
  boolean leads() {
    return leaderId.equals(self.id());
  }

  boolean has(String memberId) {
    return members.stream().anyMatch(member -> member.id().equals(memberId));
  }

  /// Whether the cluster was formed with a member.
  boolean foundedWith(String memberId) {
    return founders.stream().anyMatch(founder -> founder.member().id().equals(memberId));
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      write(out, self);
      out.writeUTF(clusterId);
      out.writeInt(shard);
      out.writeLong(term);
      out.writeUTF(leaderId);
      out.writeUTF(metaLeader);
      out.writeInt(founders.size());
      for (Founder founder : founders) {
        write(out, founder);
      }
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
      out.writeBoolean(hasRoom);
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
    int shard = in.readInt();
    long term = in.readLong();
    String leaderId = in.readUTF();
    String metaLeader = in.readUTF();
    List<Founder> founders = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      founders.add(readFounder(in));
    }
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
    boolean hasRoom = in.readBoolean();
    String challenge = in.readUTF();
    return new Greeting(
        self,
        clusterId,
        shard,
        term,
        leaderId,
        metaLeader,
        founders,
        met,
        votersMax,
        configuration,
        members,
        hasRoom,
        challenge);
  }

  private static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MEMBERS_MAX) {
      throw new IOException("a greeting with " + count + " members");
    }
    return count;
  }

  private static void write(DataOutputStream out, Founder founder) throws IOException {
    write(out, founder.member());
    out.writeInt(founder.shard());
    out.writeBoolean(founder.metaVoting());
  }

  private static Founder readFounder(DataInputStream in) throws IOException {
    return new Founder(readMember(in), in.readInt(), in.readBoolean());
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
