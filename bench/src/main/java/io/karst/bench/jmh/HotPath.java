package io.karst.bench.jmh;

import io.karst.base.Clock;
import io.karst.base.Limits;
import io.karst.commands.CommandTable;
import io.karst.engine.Engine;
import io.karst.engine.EngineOptions;
import io.karst.server.config.Config;
import io.karst.server.messages.Subscriber;
import io.karst.server.resp.ReplyBuffer;
import io.karst.server.resp.RequestDecoder;
import io.karst.server.session.Dispatcher;
import io.karst.server.session.Link;
import io.karst.server.session.Piece;
import io.karst.server.session.Server;
import io.karst.server.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A server without sockets: what one event loop does with the bytes of a read.
///
/// Thread: its owner's.
final class HotPath implements AutoCloseable {
  private static final long SEED = 42;
  private static final int OUTPUT_SIZE = 64 << 10;

  private final Engine engine;
  private final Session session;
  private final Dispatcher dispatcher;
  private final RequestDecoder decoder = new RequestDecoder(Limits.STRING_SIZE_MAX, true);
  private final ReplyBuffer replies = new ReplyBuffer(OUTPUT_SIZE, ReplyBuffer.Sink.NOWHERE);

  HotPath() {
    engine = Engine.open(EngineOptions.defaults(SEED));
    Server server = new Server(Config.memoryOnly(), engine, CommandTable.load(), Clock.system());
    session = Objects.requireNonNull(server.sessions().open(new NoLink()));
    dispatcher = new Dispatcher(server, server.stats().newWorker());
  }

  /// Runs all requests of `input` and returns the size of their replies.
  int run(byte[] input) {
    replies.reset();
    Dispatcher.Stop stop = dispatcher.run(session, decoder, input, 0, input.length, replies);
    if (stop != Dispatcher.Stop.NEEDS_INPUT) {
      throw new IllegalStateException("stopped by " + stop);
    }
    return replies.size();
  }

  /// The replies to what [#run] ran last.
  String replies() {
    return new String(replies.array(), 0, replies.size(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    dispatcher.close();
    engine.close();
  }

  /// The connection of a session that has none.
  private record NoLink() implements Link {
    @Override
    public String remoteAddress() {
      return "127.0.0.1:0";
    }

    @Override
    public String localAddress() {
      return "127.0.0.1:0";
    }

    @Override
    public long queryBufferSize() {
      return 0;
    }

    @Override
    public long queryBufferCapacity() {
      return 0;
    }

    @Override
    public long outputBufferSize() {
      return 0;
    }

    @Override
    public ReplyBuffer laterReply() {
      throw new IllegalStateException("nothing here waits");
    }

    @Override
    public Piece piece() {
      throw new IllegalStateException("nothing here is told of anything");
    }

    @Override
    public void wake() {
      throw new IllegalStateException("nothing here waits");
    }

    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public Subscriber subscriber() {
      throw new IllegalStateException("nothing here listens");
    }

    @Override
    public void close() {}
  }
}
