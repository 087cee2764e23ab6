package io.karst.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karst.bench.cluster.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two members, both of which are this process: the one that connects is the first.
class NetworkTest {
  private static final int NOTHING_MILLIS = 100;
  private static final int ANYTHING_MILLIS = 10_000;
  private static final Condition SLOW = Condition.slow(150, 0);

  private final List<Integer> ports = Ports.free(4);
  private final Network network = new Network(ports.subList(0, 2), ports.subList(2, 4));
  private ServerSocket second;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    network.attach(0, ProcessHandle.current().pid());
    second = new ServerSocket(ports.get(3), 1, InetAddress.getLoopbackAddress());
    near = new Socket(InetAddress.getLoopbackAddress(), ports.get(1));
    far = second.accept();
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    second.close();
    network.close();
  }

  @Test
  void carriesBothWays() throws IOException {
    near.getOutputStream().write(7);
    assertThat(receive(far)).isEqualTo(7);
    far.getOutputStream().write(8);
    assertThat(receive(near)).isEqualTo(8);
  }

  @Test
  void whatIsCutArrivesWhenItIsHealed() throws IOException {
    network.link(0, 1).set(Condition.CUT);
    near.getOutputStream().write(7);
    assertNothing(far);
    far.getOutputStream().write(8);
    assertThat(receive(near)).as("the other direction").isEqualTo(8);
    network.heal();
    assertThat(receive(far)).isEqualTo(7);
  }

  @Test
  void whatIsCutDoesNotHearTheEndEither() throws IOException {
    network.link(0, 1).set(Condition.CUT);
    near.close();
    assertNothing(far);
    network.heal();
    assertThat(receive(far)).isEqualTo(-1);
  }

  @Test
  void whoIsCutOffCannotConnect() throws IOException {
    network.between(0, 1, Condition.CUT);
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), ports.get(1))) {
      second.setSoTimeout(NOTHING_MILLIS);
      assertThatThrownBy(second::accept).isInstanceOf(SocketTimeoutException.class);
      network.heal();
      second.setSoTimeout(ANYTHING_MILLIS);
      try (Socket accepted = second.accept()) {
        other.getOutputStream().write(9);
        assertThat(receive(accepted)).isEqualTo(9);
      }
    }
  }

  @Test
  void delays() throws IOException {
    network.between(0, 1, SLOW);
    long beginNanos = System.nanoTime();
    near.getOutputStream().write(7);
    assertThat(receive(far)).isEqualTo(7);
    assertThat(System.nanoTime() - beginNanos)
        .isGreaterThanOrEqualTo(SLOW.delayMillis() * 1000_000);
  }

  @Test
  void resetEndsWhatThereIs() throws IOException {
    near.getOutputStream().write(7);
    assertThat(receive(far)).isEqualTo(7);
    network.reset();
    assertThat(receive(near)).isEqualTo(-1);
    assertThat(receive(far)).isEqualTo(-1);
  }

  private static void assertNothing(Socket socket) throws IOException {
    socket.setSoTimeout(NOTHING_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  /// The next byte, -1 at the end.
  private static int receive(Socket socket) throws IOException {
    socket.setSoTimeout(ANYTHING_MILLIS);
    return socket.getInputStream().read();
  }
}
