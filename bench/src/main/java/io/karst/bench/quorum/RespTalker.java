package io.karst.bench.quorum;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// Sends one command, or several at once, in Redis's protocol, with a key drawn at random.
final class RespTalker implements Talker {
  private final Wire wire;
  private final Load load;
  private final SplittableRandom random;

  /// What is sent: the words `KEY` and `VALUE` stand for a key and a value.
  ///
  /// - `begin`: what is said first on a connection; may be empty.
  /// - `commands`: sent together.
  record Load(List<String> begin, List<List<String>> commands, Keys keys) {
    Load {
      begin = List.copyOf(begin);
      commands = List.copyOf(commands);
    }
  }

  RespTalker(int port, Load load, SplittableRandom random) throws IOException {
    wire = new Wire(port);
    this.load = load;
    this.random = random;
    if (!load.begin.isEmpty()) {
      wire.send(bytes(List.of(load.begin), ""));
      skip();
    }
  }

  @Override
  public void talk() throws IOException {
    wire.send(bytes(load.commands, load.keys.next(random)));
    for (int i = 0; i < load.commands.size(); i++) {
      skip();
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }

  private byte[] bytes(List<List<String>> commands, String key) {
    StringBuilder text = new StringBuilder();
    for (List<String> words : commands) {
      text.append('*').append(words.size()).append("\r\n");
      for (String word : words) {
        String said = word.equals("KEY") ? key : word.equals("VALUE") ? load.keys.value() : word;
        text.append('$').append(said.length()).append("\r\n").append(said).append("\r\n");
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Reads a reply, which is a line, a number, or a string that is there.
  private void skip() throws IOException {
    String line = line();
    switch (line.charAt(0)) {
      case '+', ':' -> {
        return;
      }
      case '$' -> string(line);
      default -> throw new IOException("answered with " + line);
    }
  }

  private void string(String line) throws IOException {
    int size = Integer.parseInt(line.substring(1));
    if (size < 0) {
      throw new IOException("a key is not there");
    }
    wire.read(size + 2);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = wire.read(); next != '\r'; next = wire.read()) {
      line.append((char) next);
    }
    wire.read();
    return line.toString();
  }
}
