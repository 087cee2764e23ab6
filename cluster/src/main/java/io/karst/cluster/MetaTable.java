package io.karst.cluster;

import io.karst.base.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What the meta group agrees on: which shards there are, which of them has which slots, and who
/// belongs to which. Immutable; each change makes the next one.
///
/// - `epoch`: 1 for the first, and one more for each after it.
/// - `shards`: their ids, by number.
/// - `members`: by id; whether one votes in its shard, and who is reachable, is not said here.
///
/// Format: docs/formats/meta-table.md.
record MetaTable(long epoch, List<String> shards, SlotTable slots, List<Placed> members) {
  private static final String FIRST_LINE = "karst-meta 1";
  private static final String EPOCH = "epoch";
  private static final String SHARD = "shard";
  private static final String MEMBER = "member";
  private static final String SUM = "sum";
  private static final int SHARD_PARTS = 3;
  private static final int MEMBER_PARTS = 7;

  /// A member, and the number of its shard.
  record Placed(Member member, int shard) {}

  MetaTable {
    shards = List.copyOf(shards);
    members = members.stream().sorted(Comparator.comparing(each -> each.member().id())).toList();
  }

  /// The first one of a cluster.
  static MetaTable first(String clusterId, List<Founder> founders) {
    int count = 1 + founders.stream().mapToInt(Founder::shard).max().orElse(0);
    List<String> shards = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      shards.add(Secret.shardId(clusterId, number));
    }
    List<Placed> members =
        founders.stream().map(each -> placed(each.member(), each.shard())).toList();
    return new MetaTable(1, shards, SlotTable.even(count), members);
  }

  private static Placed placed(Member member, int shard) {
    return new Placed(Peers.reachable(Peers.voting(member, true), false), shard);
  }

  // ---- what it says ----

  @Nullable Placed find(String id) {
    return members.stream().filter(each -> each.member().id().equals(id)).findFirst().orElse(null);
  }

  boolean has(String id) {
    return find(id) != null;
  }

  /// Whether it has a member in a shard.
  boolean has(String id, int shard) {
    Placed found = find(id);
    return found != null && found.shard() == shard;
  }

  /// Those of a shard, by id.
  List<Member> members(int shard) {
    return members.stream().filter(each -> each.shard() == shard).map(Placed::member).toList();
  }

  // ---- the next one ----

  /// With one more member: in the shard of the one at its address, whose place it takes, or, if
  /// there is none, in the one with the fewest.
  MetaTable with(Member joining) {
    Predicate<Placed> replaced = each -> Peers.sameAddress(each.member(), joining);
    int shard = members.stream().filter(replaced).findFirst().map(Placed::shard).orElse(smallest());
    List<Placed> next = new ArrayList<>(members);
    next.removeIf(replaced);
    next.add(placed(joining, shard));
    return new MetaTable(epoch + 1, shards, slots, next);
  }

  private int smallest() {
    int smallest = 0;
    for (int number = 1; number < shards.size(); number++) {
      if (members(number).size() < members(smallest).size()) {
        smallest = number;
      }
    }
    return smallest;
  }

  /// Without a member.
  MetaTable without(String id) {
    List<Placed> next = members.stream().filter(each -> !each.member().id().equals(id)).toList();
    return new MetaTable(epoch + 1, shards, slots, next);
  }

  // ---- as bytes ----

  byte[] encode() {
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(EPOCH).append(' ').append(epoch).append('\n');
    for (int number = 0; number < shards.size(); number++) {
      text.append(SHARD).append(' ').append(shards.get(number)).append(' ');
      text.append(ranges(slots.ranges(number))).append('\n');
    }
    for (Placed each : members) {
      Member member = each.member();
      text.append(MEMBER).append(' ').append(member.id()).append(' ').append(each.shard());
      text.append(' ').append(member.host()).append(' ').append(member.port());
      text.append(' ').append(member.clusterHost()).append(' ').append(member.clusterPort());
      text.append('\n');
    }
    String sum = sum(text.toString());
    text.append(SUM).append(' ').append(sum).append('\n');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String ranges(List<SlotTable.Range> ranges) {
    List<String> texts = ranges.stream().map(range -> range.first() + "-" + range.last()).toList();
    return texts.isEmpty() ? "-" : String.join(",", texts);
  }

  private static String sum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /// - throws [IOException] if it is damaged, or of another version.
  static MetaTable decode(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.startsWith(FIRST_LINE + "\n")) {
      throw new IOException("a table of shards of another version, or none");
    }
    int end = text.lastIndexOf("\n" + SUM + " ") + 1;
    if (end == 0 || !text.substring(end).equals(SUM + " " + sum(text.substring(0, end)) + "\n")) {
      throw new IOException("a table of shards that is damaged");
    }
    try {
      return parse(text.substring(0, end).lines().skip(1).toList());
    } catch (RuntimeException e) {
      throw new IOException("a table of shards that is not understood", e);
    }
  }

  private static MetaTable parse(List<String> lines) {
    long epoch = 0;
    List<String> shards = new ArrayList<>();
    List<Placed> members = new ArrayList<>();
    short[] slots = new short[Limits.SLOTS];
    for (String line : lines) {
      String[] parts = line.split(" ", -1);
      switch (parts[0]) {
        case EPOCH -> epoch = Long.parseLong(parts[1]);
        case SHARD -> {
          give(slots, shards.size(), checked(parts, SHARD_PARTS)[2]);
          shards.add(parts[1]);
        }
        case MEMBER -> members.add(placed(checked(parts, MEMBER_PARTS)));
        default -> throw new IllegalArgumentException(line);
      }
    }
    return new MetaTable(epoch, shards, SlotTable.of(slots), members);
  }

  private static String[] checked(String[] parts, int count) {
    if (parts.length != count) {
      throw new IllegalArgumentException(String.join(" ", parts));
    }
    return parts;
  }

  private static void give(short[] slots, int shard, String ranges) {
    if (ranges.equals("-")) {
      return;
    }
    for (String range : ranges.split(",", -1)) {
      String[] ends = range.split("-", -1);
      for (int slot = Integer.parseInt(ends[0]); slot <= Integer.parseInt(ends[1]); slot++) {
        slots[slot] = (short) shard;
      }
    }
  }

  private static Placed placed(String[] parts) {
    Member member =
        new Member(
            parts[1],
            parts[3],
            Integer.parseInt(parts[4]),
            parts[5],
            Integer.parseInt(parts[6]),
            true,
            false);
    return new Placed(member, Integer.parseInt(parts[2]));
  }
}
