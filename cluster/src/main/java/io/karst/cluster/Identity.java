package io.karst.cluster;

import io.karst.base.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who a member is, and which cluster it belongs to, as its directory says.
///
/// ```
/// identity   its id: forty hexadecimal digits, made with the directory
/// cluster    the id of the cluster, and the members it was formed with, if it was there then
/// shard      the number of its shard
/// left       is there if the member has left its cluster
/// ```
///
/// Thread: the one that opens or meets the cluster.
final class Identity {
  private static final String IDENTITY = "identity";
  private static final String CLUSTER = "cluster";
  private static final String SHARD = "shard";
  private static final String JOINED = "joined";
  private static final String LEFT = "left";
  private static final int ID_SIZE = 20;
  private static final int FOUNDER_PARTS = 8;
  private static final String YES = "yes";
  private static final String NO = "no";

  /// The number of no shard.
  static final int NO_SHARD = -1;

  private final Disk disk;
  private final String id;
  private volatile @Nullable String clusterId;
  private volatile List<Founder> founders = List.of();
  private volatile int shard = NO_SHARD;
  private volatile boolean joined;

  private Identity(Disk disk, String id) {
    this.disk = disk;
    this.id = id;
  }

  /// Reads it, or makes a new one in an empty directory.
  ///
  /// - throws [IOException] with a message for people if it is damaged, or the member has left.
  static Identity open(Disk disk) throws IOException {
    byte[] known = disk.read(IDENTITY);
    if (known == null) {
      byte[] random = new byte[ID_SIZE];
      new SecureRandom().nextBytes(random);
      String id = HexFormat.of().formatHex(random);
      disk.write(IDENTITY, (id + "\n").getBytes(StandardCharsets.US_ASCII));
      return new Identity(disk, id);
    }
    String id = new String(known, StandardCharsets.ISO_8859_1).strip();
    if (!isId(id)) {
      throw new IOException("the file " + disk.path().resolve(IDENTITY) + " is damaged");
    }
    if (disk.read(LEFT) != null) {
      throw new IOException(
          "this member was removed from its cluster; to join one as a new member, it needs an"
              + " empty data directory in the place of "
              + disk.path());
    }
    Identity identity = new Identity(disk, id);
    identity.readCluster();
    identity.readShard();
    identity.joined = disk.read(JOINED) != null;
    return identity;
  }

  static boolean isId(String text) {
    return text.matches("[0-9a-f]{40}");
  }

  private void readCluster() throws IOException {
    byte[] content = disk.read(CLUSTER);
    if (content == null) {
      return;
    }
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !isId(lines.getFirst())) {
      throw damaged(CLUSTER);
    }
    try {
      founders = lines.subList(1, lines.size()).stream().map(Identity::founder).toList();
    } catch (RuntimeException e) {
      throw damaged(CLUSTER);
    }
    clusterId = lines.getFirst();
  }

  private IOException damaged(String file) {
    return new IOException("the file " + disk.path().resolve(file) + " is damaged");
  }

  private static Founder founder(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != FOUNDER_PARTS) {
      throw new IllegalArgumentException(line);
    }
    Member member =
        new Member(
            parts[0],
            parts[1],
            Integer.parseInt(parts[2]),
            parts[3],
            Integer.parseInt(parts[4]),
            parts[6].equals(YES),
            true);
    return new Founder(member, Integer.parseInt(parts[5]), parts[7].equals(YES));
  }

  private static String line(Founder founder) {
    Member member = founder.member();
    return String.join(
        " ",
        member.id(),
        member.host(),
        Integer.toString(member.port()),
        member.clusterHost(),
        Integer.toString(member.clusterPort()),
        Integer.toString(founder.shard()),
        member.voting() ? YES : NO,
        founder.metaVoting() ? YES : NO);
  }

  private void readShard() throws IOException {
    byte[] content = disk.read(SHARD);
    if (content == null) {
      return;
    }
    String text = new String(content, StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9]{1,5}")) {
      throw damaged(SHARD);
    }
    shard = Integer.parseInt(text);
  }

  String id() {
    return id;
  }

  /// The cluster it belongs to; null if none yet.
  @Nullable String clusterId() {
    return clusterId;
  }

  /// Whom the cluster was formed with; none if this member came later.
  List<Founder> founders() {
    return founders;
  }

  /// Those of a shard it was formed with.
  List<Member> founders(int number) {
    return founders.stream()
        .filter(founder -> founder.shard() == number)
        .map(Founder::member)
        .toList();
  }

  /// Those of the meta group it was formed with.
  List<Member> metaFounders() {
    return founders.stream()
        .map(founder -> Peers.voting(founder.member(), founder.metaVoting()))
        .toList();
  }

  /// The number of its shard; [#NO_SHARD] if it has none yet.
  int shard() {
    return shard;
  }

  /// From now on it belongs to a cluster.
  void belongsTo(String cluster, List<Founder> formedWith) throws IOException {
    StringBuilder text = new StringBuilder(cluster).append('\n');
    formedWith.forEach(founder -> text.append(line(founder)).append('\n'));
    disk.write(CLUSTER, text.toString().getBytes(StandardCharsets.UTF_8));
    clusterId = cluster;
    founders = List.copyOf(formedWith);
  }

  /// From now on it belongs to a shard.
  void belongsTo(int number) throws IOException {
    disk.write(SHARD, (number + "\n").getBytes(StandardCharsets.US_ASCII));
    shard = number;
  }

  /// Whether the configuration of its shard has had it as a member.
  boolean joined() {
    return joined;
  }

  void noteJoined() throws IOException {
    if (!joined) {
      disk.write(JOINED, new byte[0]);
      joined = true;
    }
  }

  /// From now on no start succeeds.
  void noteLeft() throws IOException {
    disk.write(LEFT, new byte[0]);
  }
}
