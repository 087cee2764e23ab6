package io.karst.bench.load;

import io.karst.bench.harness.DisconnectedException;
import io.karst.bench.harness.HarnessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Some of the connections of a load, with a thread that serves them all.
final class LoadThread implements Runnable {
  private static final int WAIT_MILLIS = 30_000;

  private final LoadGenerator.Settings settings;
  private final int connections;
  private final Window window;
  private final AtomicBoolean ending;
  private final SplittableRandom random;
  private final Latencies reads = new Latencies();
  private final Latencies writes = new Latencies();
  private long operations;
  private @Nullable RuntimeException failure;

  LoadThread(
      LoadGenerator.Settings settings,
      int connections,
      Window window,
      AtomicBoolean ending,
      SplittableRandom random) {
    this.settings = settings;
    this.connections = connections;
    this.window = window;
    this.ending = ending;
    this.random = random;
  }

  @Override
  public void run() {
    try (Selector selector = Selector.open()) {
      try {
        connect(selector);
        while (!ending.get()) {
          serve(selector);
        }
      } finally {
        close(selector);
      }
    } catch (IOException e) {
      failure = new DisconnectedException("cannot put a load on port " + settings.port(), e);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /// What was measured. After the thread's end.
  ///
  /// - throws what has ended it early.
  void addTo(Latencies allReads, Latencies allWrites) {
    if (failure != null) {
      throw failure;
    }
    allReads.add(reads);
    allWrites.add(writes);
  }

  long operations() {
    return operations;
  }

  private void connect(Selector selector) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Pipeline pipeline =
          new Pipeline(channel, settings.mix(), settings.pipeline(), random.split());
      key.attach(pipeline);
      await(key, pipeline.send());
    }
  }

  private void serve(Selector selector) throws IOException {
    if (selector.select(this::serve, WAIT_MILLIS) == 0 && !ending.get()) {
      throw new HarnessException("no reply within " + WAIT_MILLIS / 1000 + " s");
    }
  }

  private void serve(SelectionKey key) {
    Pipeline pipeline = (Pipeline) key.attachment();
    if (key.isWritable()) {
      await(key, pipeline.write());
    }
    if (key.isReadable() && pipeline.read()) {
      operations += pipeline.depth();
      if (window.isOpen()) {
        pipeline.record(reads, writes);
      }
      await(key, pipeline.send());
    }
  }

  private static void await(SelectionKey key, boolean allSent) {
    int wanted = allSent ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  private static void close(Selector selector) throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }
}
