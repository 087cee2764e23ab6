package io.karst.server.net;

import io.karst.server.config.Config;
import io.karst.server.config.NetworkDirectives;
import io.karst.server.session.Server;
import io.karst.server.session.Tasks;
import io.karst.server.tls.Tls;
import io.karst.server.tls.TlsException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The event loops and the sockets that are listened on.
///
/// Thread-safe; opened and closed once.
public final class Network implements AutoCloseable {
  /// Netty's search for buffers nobody released, which costs on every buffer.
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  private static final long TICK_MILLIS = 1000;
  private static final long STOP_SECONDS = 2;

  private final Transport transport;
  private final MultiThreadIoEventLoopGroup loops;
  private final Map<EventLoop, Worker> workers = new HashMap<>();
  private @Nullable Listeners listeners;
  private @Nullable Tls encryption;

  private Network(Transport transport, int loopCount) {
    this.transport = transport;
    loops =
        new MultiThreadIoEventLoopGroup(loopCount, new LoopThreads(), transport.handlers().get());
  }

  /// Loops have the stack that a script needs.
  private static final class LoopThreads extends DefaultThreadFactory {
    LoopThreads() {
      super("loop");
    }

    @Override
    protected Thread newThread(Runnable loop, String name) {
      return new FastThreadLocalThread(threadGroup, loop, name, Tasks.SCRIPT_STACK_SIZE);
    }
  }

  /// Loops that serve nobody yet, for [#listen]. Loads the transport, which takes about as long as
  /// all else that a server needs before it can listen: worth a thread of its own.
  ///
  /// - throws [IllegalStateException] if this machine does not have the transport.
  public static Network prepare(Config config) {
    if (System.getProperty(LEAK_DETECTION) == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
    Transport transport = Transport.choose(config.value(NetworkDirectives.TRANSPORT));
    return new Network(transport, config.value(NetworkDirectives.IO_THREADS));
  }

  /// Listens as the configuration says; tells the server where.
  ///
  /// - throws [IOException] if an address cannot be listened on; the network is closed then.
  public void listen(Server server) throws IOException {
    try {
      start(server);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /// As [#prepare] and [#listen].
  public static Network open(Server server) throws IOException {
    Network network = prepare(server.config());
    network.listen(server);
    return network;
  }

  private void start(Server server) throws IOException {
    for (EventExecutor executor : loops) {
      EventLoop loop = (EventLoop) executor;
      Worker worker = new Worker(server, loop, workers.size());
      workers.put(loop, worker);
      var _ =
          loop.scheduleAtFixedRate(worker::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
    encryption = followTls(server.config());
    Reception reception = new Reception(server, workers, transport, encryption);
    Doors doors = new Doors(server, loops, reception);
    Listeners opened = new Listeners(doors, transport.name(), server::listening);
    listeners = opened;
    opened.open(server.config());
    server.config().guard(Listeners.DIRECTIVES, opened::prepare);
  }

  private static Tls followTls(Config config) throws IOException {
    try {
      return Tls.follow(config);
    } catch (TlsException e) {
      throw new IOException(e.line(), e);
    }
  }

  /// Listens no longer; the connections there are go on.
  public void stopListening() {
    if (listeners != null) {
      listeners.close();
    }
  }

  /// Listens no longer, closes every connection and ends the loops. Waits for that, a moment at
  /// most for connections that do not go.
  @Override
  public void close() {
    stopListening();
    loops
        .shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(2 * STOP_SECONDS, TimeUnit.SECONDS);
    if (loops.isTerminated()) {
      workers.values().forEach(Worker::close);
    }
    if (encryption != null) {
      encryption.close();
    }
  }
}
