package io.karst.server.http.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The client's end of one inner connection: it authenticates, chooses the database, and only when
/// both are answered well does it send the commands. It ends with their last reply.
///
/// Thread: the inner connections' event loop. What the server writes arrives within the server's
/// own calls there, so whatever answers it waits for the next round of the loop.
final class Exchange extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final JsonFactory JSON = new JsonFactory();

  /// For how long the commands of a request may take.
  private static final long TIME_SECONDS = 60;

  private final CommandRequest request;
  private final @Nullable Credentials credentials;
  private final Consumer<Outcome> then;
  private final AnswerBuffer answer = new AnswerBuffer();
  private final JsonGenerator json;
  private final ReplyReader replies;
  private boolean sent;

  /// Whether replies cannot be read on.
  private boolean broken;

  private boolean ended;

  /// - `then`: hears what has come of it, once, on the event loop of the inner connections.
  Exchange(CommandRequest request, @Nullable Credentials credentials, Consumer<Outcome> then) {
    this.request = request;
    this.credentials = credentials;
    this.then = then;
    json = begin(answer);
    replies = new ReplyReader(json, preamble().size(), request.commands().size(), request.clip());
  }

  private static JsonGenerator begin(AnswerBuffer answer) {
    try {
      JsonGenerator json = JSON.createGenerator(answer);
      json.writeStartObject();
      json.writeArrayFieldStart("replies");
      return json;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private List<List<byte[]>> preamble() {
    List<byte[]> hello = new ArrayList<>(words("HELLO", "3"));
    if (credentials != null) {
      hello.addAll(words("AUTH", credentials.user(), credentials.password()));
    }
    hello.addAll(words("SETNAME", "console"));
    return request.database() == 0
        ? List.of(hello)
        : List.of(hello, words("SELECT", Integer.toString(request.database())));
  }

  private static List<byte[]> words(String... words) {
    List<byte[]> list = new ArrayList<>();
    for (String word : words) {
      list.add(word.getBytes(UTF_8));
    }
    return list;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    var _ =
        context.executor().schedule(() -> end(context, tooSlow()), TIME_SECONDS, TimeUnit.SECONDS);
    send(context, preamble());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (!ended && !broken) {
        replies.read(in);
        context.executor().execute(() -> goOn(context));
      }
    } catch (TooLargeException tooLarge) {
      endSoon(context, Outcome.failure(Outcome.TOO_LARGE, tooLarge.line()));
    } catch (IOException none) {
      LOG.error("A reply that is none", none);
      endSoon(context, Outcome.failure(Outcome.BROKEN, "the reply cannot be read"));
    } finally {
      in.release();
    }
  }

  private void goOn(ChannelHandlerContext context) {
    if (ended || broken) {
      return;
    }
    String error = replies.error();
    if (error != null) {
      end(context, Outcome.failure(statusOf(error), error));
    } else if (replies.isDone()) {
      end(context, complete());
    } else if (replies.isHeard() && !sent) {
      sent = true;
      send(context, request.commands());
    }
  }

  private static int statusOf(String error) {
    if (error.startsWith("NOAUTH") || error.startsWith("WRONGPASS")) {
      return Outcome.UNAUTHORIZED;
    }
    return error.contains("max number of clients") ? Outcome.UNAVAILABLE : Outcome.BAD_REQUEST;
  }

  private Outcome complete() {
    try {
      json.writeEndArray();
      json.writeEndObject();
      json.close();
      return new Outcome(Outcome.OK, answer.toArray());
    } catch (TooLargeException tooLarge) {
      return Outcome.failure(Outcome.TOO_LARGE, tooLarge.line());
    } catch (IOException broken) {
      LOG.error("An answer that cannot be written", broken);
      return Outcome.failure(Outcome.BROKEN, "the answer cannot be written");
    }
  }

  private static Outcome tooSlow() {
    return Outcome.failure(
        Outcome.TOO_SLOW,
        "no answer within " + TIME_SECONDS + " seconds: the commands may still run");
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(
        context,
        Outcome.failure(
            Outcome.BAD_GATEWAY, "the server has closed the connection before all was answered"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.error("A bug in the console", cause);
    end(context, Outcome.failure(Outcome.BROKEN, "internal error"));
  }

  private void endSoon(ChannelHandlerContext context, Outcome outcome) {
    broken = true;
    context.executor().execute(() -> end(context, outcome));
  }

  private void end(ChannelHandlerContext context, Outcome outcome) {
    if (!ended) {
      ended = true;
      then.accept(outcome);
      var _ = context.close();
    }
  }

  private static void send(ChannelHandlerContext context, List<List<byte[]>> commands) {
    ByteBuf out = context.alloc().buffer();
    for (List<byte[]> command : commands) {
      header(out, '*', command.size());
      for (byte[] word : command) {
        header(out, '$', word.length);
        out.writeBytes(word).writeByte('\r').writeByte('\n');
      }
    }
    var _ = context.writeAndFlush(out);
  }

  private static void header(ByteBuf out, char kind, int count) {
    out.writeCharSequence(kind + Integer.toString(count) + "\r\n", US_ASCII);
  }
}
