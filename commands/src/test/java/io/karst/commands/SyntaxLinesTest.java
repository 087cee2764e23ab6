package io.karst.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.karst.commands.syntax.Syntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Lines of every shape Redis's commands have, with the arity and the keys Redis gives them.
final class SyntaxLinesTest {
  @TestFactory
  List<DynamicTest> giveArityAndKeys() throws IOException {
    return lines().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("  ", 2))
        .map(parts -> DynamicTest.dynamicTest(parts[1], () -> check(parts[1], parts[0])))
        .toList();
  }

  private static void check(String line, String expected) {
    Command command = TestOperation.read(line);
    String keys = command.firstKey() + " " + command.lastKey() + " " + command.keyStep();
    String movable = command.has(Flag.MOVABLE_KEYS) ? "movable" : "fixed";
    assertThat(command.arity() + " " + keys + " " + movable).isEqualTo(expected);
    assertThat(KeyDerivation.derive(Syntax.parse(line))).isNotNull();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = SyntaxLinesTest.class.getResourceAsStream("syntax-lines.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
