package io.karst.server.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A file of requests and recorded replies.
///
/// ```
/// # A comment.
/// > SET "a key" value        a request, see [Step.Kind]
/// < +OK                      its reply; each line ended with CR LF on the wire
/// ```
///
/// Whatever a connection has to be is made by requests: each file begins on a new connection, with
/// empty databases. After `(closed)` a new connection is made. `@ name` goes on with another
/// connection, of that name; `+ remark` has no request, and stands for what comes without one.
record Transcript(String name, List<String> lines) {

  /// In front of the name of a connection.
  private static final String ON = "@ ";

  /// All transcripts of the project.
  static List<Transcript> all() throws IOException {
    Path folder;
    try {
      folder = Path.of(Transcript.class.getResource("/transcripts").toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
    List<Transcript> transcripts = new ArrayList<>();
    for (Path file : files(folder)) {
      transcripts.add(read(file));
    }
    return transcripts;
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  static Transcript read(Path file) throws IOException {
    return new Transcript(
        file.getFileName().toString(), List.copyOf(Files.readAllLines(file, US_ASCII)));
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    String client = "";
    for (int i = 0; i < lines.size(); i++) {
      client = lines.get(i).startsWith(ON) ? lines.get(i).substring(ON.length()) : client;
      Step.Kind kind = kind(lines.get(i));
      if (kind != null) {
        steps.add(new Step(i + 1, client, kind, lines.get(i).substring(2), reply(i + 1)));
      }
    }
    return steps;
  }

  /// Runs all requests on new connections of `server`.
  List<String> play(Connector server) throws IOException {
    List<String> replies = new ArrayList<>();
    Map<String, RespClient> clients = new HashMap<>();
    try {
      clients.put("", server.connect());
      clients.get("").ask("FLUSHALL");
      for (Step step : steps()) {
        if (!clients.containsKey(step.client())) {
          clients.put(step.client(), server.connect());
        }
        String reply = step.run(clients.get(step.client()));
        replies.add(reply);
        if (reply.equals(Step.CLOSED)) {
          clients.remove(step.client()).close();
        }
      }
    } finally {
      for (RespClient client : clients.values()) {
        client.close();
      }
    }
    return replies;
  }

  /// The same requests and comments with these replies, but for replies that count as those that
  /// are there.
  List<String> withReplies(List<String> replies) {
    List<String> text = new ArrayList<>();
    List<Step> steps = steps();
    int next = 0;
    for (String line : lines) {
      if (line.startsWith("<")) {
        continue;
      }
      text.add(line);
      if (kind(line) != null) {
        text.addAll(shown(steps.get(next), replies.get(next)));
        next++;
      }
    }
    return text;
  }

  private static List<String> shown(Step step, String reply) {
    boolean same = step.kind() != Step.Kind.DIFFERENT && step.accepts(reply);
    return step.kind() == Step.Kind.IGNORED ? List.of() : shown(same ? step.reply() : reply);
  }

  /// The lines of a transcript that stand for a reply.
  static List<String> shown(String reply) {
    List<String> shown = new ArrayList<>();
    for (String line : reply.substring(0, reply.length() - 2).split("\r\n", -1)) {
      shown.add(line.isEmpty() ? "<" : "< " + Words.escaped(line));
    }
    return shown;
  }

  /// Opens connections to a server.
  interface Connector {
    RespClient connect() throws IOException;
  }

  private String reply(int from) {
    StringBuilder reply = new StringBuilder();
    for (int i = from; i < lines.size() && lines.get(i).startsWith("<"); i++) {
      String line = lines.get(i);
      reply.append(Words.unescaped(line.substring(Math.min(2, line.length())))).append("\r\n");
    }
    return reply.toString();
  }

  private static Step.Kind kind(String line) {
    for (Step.Kind kind : Step.Kind.values()) {
      if (line.startsWith(kind.sign + " ")) {
        return kind;
      }
    }
    return null;
  }
}
