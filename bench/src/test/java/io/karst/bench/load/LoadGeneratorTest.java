package io.karst.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.harness.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server of a few lines, which answers GETs as it is told.
class LoadGeneratorTest {
  private static final Dataset DATASET = new Dataset(1000, 16, 16);
  private static final Mix READS = new Mix(DATASET, KeyChoice.uniform(DATASET.keys()), 0);

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    clients.shutdownNow();
  }

  @Test
  void measuresWhatIsAnsweredWithinTheWindow() {
    serve(key -> "$16\r\n" + key + "\r\n");
    Outcome outcome = LoadGenerator.run(settings(4), 0.05, 0.2);
    assertThat(outcome.reads().count()).isPositive().isLessThan(outcome.operations());
    assertThat(outcome.reads().p50Millis()).isPositive();
    assertThat(outcome.reads().p999Millis()).isGreaterThanOrEqualTo(outcome.reads().p50Millis());
    assertThat(outcome.writes().count()).isZero();
  }

  @Test
  void aMissingKeyEndsTheLoad() {
    serve(_ -> "$-1\r\n");
    expectFailure("$-1");
  }

  @Test
  void anErrorEndsTheLoad() {
    serve(_ -> "-LOADING\r\n");
    expectFailure("-LOADING");
  }

  @Test
  void theValueOfAnotherKeyEndsTheLoad() {
    serve(_ -> "$16\r\nkey:000000001001\r\n");
    expectFailure("key:000000001001");
  }

  @Test
  void aServerThatGoesEndsTheLoad() {
    serve(_ -> "");
    assertThatThrownBy(() -> LoadGenerator.run(settings(1), 0.05, 0.2))
        .isInstanceOf(HarnessException.class);
  }

  private void expectFailure(String reply) {
    assertThatThrownBy(() -> LoadGenerator.run(settings(4), 0.05, 0.2))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("was answered with " + reply);
  }

  private LoadGenerator.Settings settings(int pipeline) {
    return new LoadGenerator.Settings(server.getLocalPort(), READS, 3, pipeline, 2);
  }

  /// - `replies`: the reply to a GET of a key; an empty one closes the connection.
  private void serve(UnaryOperator<String> replies) {
    clients.execute(() -> {
      while (!server.isClosed()) {
        accept(replies);
      }
    });
  }

  private void accept(UnaryOperator<String> replies) {
    try {
      Socket client = server.accept();
      clients.execute(() -> answer(client, replies));
    } catch (IOException e) {
      assertThat(server.isClosed()).isTrue();
    }
  }

  private static void answer(Socket client, UnaryOperator<String> replies) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = client.getOutputStream()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String reply = line.startsWith("key:") ? replies.apply(line) : null;
        if (reply != null) {
          if (reply.isEmpty()) {
            return;
          }
          out.write(reply.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // The load has ended, and with it the client.
      assertThat(client.isClosed()).isTrue();
    }
  }
}
