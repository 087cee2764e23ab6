package io.karst.bench.faults;

import io.karst.bench.cluster.Node;
import io.karst.bench.harness.Answer;
import io.karst.bench.harness.HarnessException;
import io.karst.bench.harness.Pause;
import io.karst.bench.harness.RespConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether all members hold the same, while nobody writes.
///
/// - `secondsMax`: how long those who follow may take to have everything.
record Sameness(List<Node> nodes, int secondsMax) {
  private static final int REPLY_MILLIS = 10_000;
  private static final int STEP_MILLIS = 50;
  private static final int AT_ONCE = 200;
  private static final int SHOWN = 5;

  /// Compares with the leader.
  ///
  /// - returns: how many keys there are.
  /// - throws [Violation] that says where they differ.
  int verify(Node leader) {
    Map<String, Answer> right = content(leader);
    long endNanos = System.nanoTime() + secondsMax * 1_000_000_000L;
    for (Node node : nodes) {
      String difference = difference(node, right);
      while (!difference.isEmpty() && System.nanoTime() < endNanos) {
        Pause.millis(STEP_MILLIS);
        difference = difference(node, right);
      }
      if (!difference.isEmpty()) {
        throw new Violation(
            "node "
                + node.number()
                + " is not as node "
                + leader.number()
                + ", which leads, for "
                + secondsMax
                + " s: "
                + difference);
      }
    }
    return right.size();
  }

  private static String difference(Node node, Map<String, Answer> right) {
    Map<String, Answer> content;
    try {
      content = content(node);
    } catch (HarnessException e) {
      return String.valueOf(e.getMessage());
    }
    TreeSet<String> keys = new TreeSet<>(right.keySet());
    keys.addAll(content.keySet());
    List<String> different = new ArrayList<>();
    for (String key : keys) {
      if (!Objects.equals(right.get(key), content.get(key))) {
        different.add(key + " is " + shown(content.get(key)) + ", not " + shown(right.get(key)));
      }
    }
    String more = different.size() > SHOWN ? "\nand " + (different.size() - SHOWN) + " more" : "";
    return String.join("\n", different.subList(0, Math.min(SHOWN, different.size()))) + more;
  }

  private static String shown(@Nullable Answer answer) {
    return answer == null ? "not there" : answer.shown();
  }

  /// Everything a member has, and how many keys it believes to have.
  private static Map<String, Answer> content(Node node) {
    Map<String, Answer> content = new HashMap<>();
    try (RespConnection connection = node.connect(REPLY_MILLIS)) {
      connection.call("READONLY");
      content.put("DBSIZE", ask(connection, List.of("DBSIZE")));
      List<String> keys = new ArrayList<>();
      items(ask(connection, List.of("KEYS", "*"))).forEach(key -> keys.add(text(key)));
      for (int from = 0; from < keys.size(); from += AT_ONCE) {
        read(connection, keys.subList(from, Math.min(keys.size(), from + AT_ONCE)), content);
      }
    }
    return content;
  }

  private static void read(
      RespConnection connection, List<String> keys, Map<String, Answer> content) {
    keys.forEach(key -> connection.send(List.of("TYPE", key)));
    List<Answer> types = keys.stream().map(_ -> answer(connection)).toList();
    for (int i = 0; i < keys.size(); i++) {
      connection.send(reading(keys.get(i), types.get(i).shown()));
    }
    for (int i = 0; i < keys.size(); i++) {
      Answer value = answer(connection);
      content.put(keys.get(i), types.get(i).shown().equals("set") ? sorted(value) : value);
    }
  }

  private static List<String> reading(String key, String type) {
    return switch (type) {
      case "set" -> List.of("SMEMBERS", key);
      case "list" -> List.of("LRANGE", key, "0", "-1");
      default -> List.of("GET", key);
    };
  }

  private static Answer ask(RespConnection connection, List<String> words) {
    connection.send(words);
    return answer(connection);
  }

  private static Answer answer(RespConnection connection) {
    Answer answer = connection.answer();
    if (answer instanceof Answer.Failure(String text)) {
      throw new HarnessException(text);
    }
    return answer;
  }

  private static Answer sorted(Answer answer) {
    return new Answer.Many(
        items(answer).stream().sorted(Comparator.comparing(Answer::shown)).toList());
  }

  private static List<Answer> items(Answer answer) {
    if (answer instanceof Answer.Many(List<Answer> items)) {
      return items;
    }
    throw new HarnessException("not a list: " + answer.shown());
  }

  private static String text(Answer answer) {
    if (answer instanceof Answer.Bulk(String value)) {
      return value;
    }
    throw new HarnessException("not a key: " + answer.shown());
  }
}
