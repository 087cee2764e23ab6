package io.karst.server.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many clients that come and go, one after the other, leave nothing behind.
class ConnectionChurnTest {
  private static final int PLAIN = 2000;
  private static final int ENCRYPTED = 200;

  /// Direct buffers that the pool may keep for the next: chunks of 1 MB, some a thread.
  private static final long KEPT_MAX = 16 << 20;

  @TempDir Path directory;

  @Test
  void descriptorsAndBuffersAreGivenBack() throws Exception {
    int plainPort = TlsServer.freePort();
    try (TlsServer server = new TlsServer(directory, "port", Integer.toString(plainPort))) {
      SSLContext context = server.certificates.client();
      comeAndGo(server, plainPort, context, 100, 50);
      long files = openFiles();
      long buffers = PlatformDependent.usedDirectMemory();
      comeAndGo(server, plainPort, context, PLAIN, ENCRYPTED);
      await().until(() -> openFiles() <= files + 10);
      assertThat(PlatformDependent.usedDirectMemory()).isLessThan(buffers + KEPT_MAX);
    }
  }

  private static void comeAndGo(
      TlsServer server, int plainPort, SSLContext context, int plain, int encrypted)
      throws IOException {
    for (int i = 0; i < plain; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
        ask(client, i);
      }
    }
    for (int i = 0; i < encrypted; i++) {
      try (Socket client =
          context
              .getSocketFactory()
              .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
        ask(client, i);
      }
    }
    await().until(() -> server.running.server().sessions().count() == 0);
  }

  /// Every third one goes in the middle of a request, or aborts the connection.
  private static void ask(Socket client, int number) throws IOException {
    client.setSoTimeout(20_000);
    client.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
    assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("+PONG\r\n");
    if (number % 3 == 1) {
      client.getOutputStream().write("*3\r\n$3\r\nSET\r\n$1".getBytes(US_ASCII));
    } else if (number % 3 == 2) {
      client.setSoLinger(true, 0);
    }
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
