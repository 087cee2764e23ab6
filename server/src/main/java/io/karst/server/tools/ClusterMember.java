package io.karst.server.tools;

import io.karst.server.remote.Answer;
import io.karst.server.remote.RespClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A member as `CLUSTER MEMBERS` shows it.
///
/// - `shard`: its number.
/// - `slots`: of its shard.
/// - `entries`, `committed`: [#UNKNOWN] if the member that was asked does not know.
record ClusterMember(
    String id,
    String address,
    long shard,
    String slots,
    String role,
    String voting,
    String reachable,
    long entries,
    long committed) {
  static final long UNKNOWN = -1;

  boolean leads() {
    return role.equals("leader");
  }

  /// How many entries of its log it lacks; [#UNKNOWN] if nobody has told.
  long behind() {
    return entries == UNKNOWN || committed == UNKNOWN ? UNKNOWN : Math.max(0, committed - entries);
  }

  /// All there are, as one of them knows them.
  static List<ClusterMember> all(RespClient client) throws IOException {
    Answer answer = client.ask("CLUSTER", "MEMBERS");
    client.expectOk(answer);
    if (!(answer instanceof Answer.Many members)) {
      throw client.unexpected(answer);
    }
    List<ClusterMember> all = new ArrayList<>();
    for (Answer member : members.answers()) {
      all.add(of(fields(client, member)));
    }
    return all;
  }

  private static ClusterMember of(Map<String, String> fields) {
    return new ClusterMember(
        fields.getOrDefault("id", ""),
        fields.getOrDefault("address", ""),
        number(fields, "shard"),
        fields.getOrDefault("slots", ""),
        fields.getOrDefault("role", ""),
        fields.getOrDefault("voting", ""),
        fields.getOrDefault("reachable", ""),
        number(fields, "entries"),
        number(fields, "committed-entries"));
  }

  private static long number(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "");
    return text.isEmpty() ? UNKNOWN : Long.parseLong(text);
  }

  private static Map<String, String> fields(RespClient client, Answer member) throws IOException {
    if (!(member instanceof Answer.Many words)) {
      throw client.unexpected(member);
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < words.answers().size(); i += 2) {
      fields.put(text(words.answers().get(i)), text(words.answers().get(i + 1)));
    }
    return fields;
  }

  private static String text(Answer answer) {
    return switch (answer) {
      case Answer.Bulk bulk -> bulk.bytes() == null ? "" : bulk.bytes().utf8();
      case Answer.Int number -> Long.toString(number.value());
      case Answer.Simple simple -> simple.text();
      case Answer.Failure failure -> failure.line();
      case Answer.Many many -> many.toString();
    };
  }

  /// The one whose id begins so, or whose address that is.
  ///
  /// - throws [IOException] if there is none, or more than one.
  static ClusterMember find(List<ClusterMember> members, String word) throws IOException {
    String start = word.toLowerCase(Locale.ROOT);
    List<ClusterMember> found =
        members.stream()
            .filter(member -> member.id.startsWith(start) || member.address.equals(word))
            .toList();
    if (found.size() != 1) {
      throw new IOException(
          (found.isEmpty() ? "no member is " : "several members are ")
              + word
              + "; ./karst cluster status shows them");
    }
    return found.getFirst();
  }
}
