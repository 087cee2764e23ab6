package io.karst.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Karst answers what `redis-server` 7.0.15 answered when the transcripts were recorded.
///
/// `-Drecord=folder` records those in a folder anew beforehand; they are compared in the next run.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TranscriptTest {
  private KarstServer server;

  @BeforeAll
  void start() throws IOException {
    String folder = System.getProperty("record");
    if (folder != null) {
      TranscriptRecorder.record(Path.of(folder));
    }
    server = KarstServer.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @TestFactory
  List<DynamicTest> repliesAreThoseOfRedis() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Transcript transcript : Transcript.all()) {
      tests.add(DynamicTest.dynamicTest(transcript.name(), () -> check(transcript)));
    }
    return tests;
  }

  @Test
  void everyRequestHasAReply() throws IOException {
    List<Transcript> transcripts = Transcript.all();
    assertThat(transcripts).hasSizeGreaterThan(5);
    for (Transcript transcript : transcripts) {
      assertThat(transcript.steps())
          .isNotEmpty()
          .allMatch(step -> step.kind() == Step.Kind.IGNORED || !step.reply().isEmpty());
    }
  }

  private void check(Transcript transcript) throws IOException {
    List<Step> steps = transcript.steps();
    List<String> replies = transcript.play(server::connect);
    StringBuilder differences = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (!step.accepts(replies.get(i))) {
        differences.append("\nline ").append(step.lineNumber()).append(": ").append(step.line());
        show(differences, "Redis", step.reply());
        show(differences, "Karst", replies.get(i));
      }
    }
    assertThat(differences.toString()).isEmpty();
  }

  private static void show(StringBuilder text, String who, String reply) {
    text.append('\n').append(who);
    Transcript.shown(reply).forEach(line -> text.append("\n  ").append(line));
  }
}
