package io.karst.server.http.console;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes the console's requests out of one connection of the HTTP port; others pass.
///
/// Before anything of a body is kept, it is known who sends it, and that it may. One request at a
/// time: who sends the next before the answer is closed. Thread: the port's event loop.
public final class ConsoleRequests extends ChannelInboundHandlerAdapter {
  /// What becomes of the body that comes in.
  private enum Body {
    PASSES,
    DROPPED,
    KEPT
  }

  private static final String API = "/api/commands";
  private static final String JSON = "application/json";

  /// Bytes that a request for commands may have.
  private static final int BODY_MAX = 8 << 20;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int NOT_MODIFIED = 304;
  private static final int UNSUPPORTED = 415;

  private final Supplier<@Nullable Console> console;
  private final Predicate<@Nullable String> admits;

  private Body body = Body.PASSES;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private @Nullable Credentials credentials;
  private boolean stays;

  /// The connection that runs the commands of the latest request; null once it is answered.
  private @Nullable Channel running;

  /// - `console`: null as long as the server does not serve.
  /// - `admits`: whether the header `Authorization`, null if there is none, lets somebody in.
  public ConsoleRequests(Supplier<@Nullable Console> console, Predicate<@Nullable String> admits) {
    this.console = console;
    this.admits = admits;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      begin(context, request);
    }
    if (body == Body.PASSES) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (body == Body.KEPT && message instanceof HttpContent content) {
        keep(context, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (running != null) {
      var _ = running.close(); // Nobody is there to hear the replies.
    }
    context.fireChannelInactive();
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    Console open = console.get();
    String path = pathOf(request);
    boolean ours = Assets.owns(path) || path.equals(API);
    body = Body.PASSES;
    if (!ours || open == null || request.decoderResult().isFailure()) {
      return;
    }
    body = Body.DROPPED;
    if (running != null) {
      var _ = context.close();
      return;
    }
    stays = HttpUtil.isKeepAlive(request) && !HttpUtil.is100ContinueExpected(request);
    HttpHeaders headers = request.headers();
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    String refusal = refusal(context, open, headers);
    if (refusal != null) {
      fail(context, FORBIDDEN, refusal);
    } else if (!admits.test(authorization)) {
      fail(context, Outcome.UNAUTHORIZED, "a user name and a password are needed");
    } else if (path.equals(API)) {
      beginCommands(context, request, authorization);
    } else {
      asset(context, request, open.assets().find(path));
    }
  }

  private static String pathOf(HttpRequest request) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private static @Nullable String refusal(
      ChannelHandlerContext context, Console open, HttpHeaders headers) {
    if (open.keepsOut(context.channel().remoteAddress())) {
      return "the server is in protected mode: without a password it serves its own machine only";
    }
    return Origins.refusal(headers, open.needsPassword());
  }

  // ---- files ----

  private void asset(
      ChannelHandlerContext context, HttpRequest request, Assets.@Nullable Asset asset) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      fail(context, NOT_ALLOWED, "only GET and HEAD");
      return;
    }
    if (asset == null) {
      fail(context, NOT_FOUND, "there is no such file");
      return;
    }
    boolean known = asset.tag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
    boolean sent = !known && request.method().equals(HttpMethod.GET);
    FullHttpResponse response =
        response(known ? NOT_MODIFIED : Outcome.OK, asset.type(), sent ? asset.content() : null);
    response.headers().set(HttpHeaderNames.ETAG, asset.tag());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    if (!known) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, asset.content().length);
    }
    write(context, response);
  }

  // ---- commands ----

  private void beginCommands(
      ChannelHandlerContext context, HttpRequest request, @Nullable String authorization) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (!request.method().equals(HttpMethod.POST)) {
      fail(context, NOT_ALLOWED, "only POST");
    } else if (Origins.isForeign(request.headers())) {
      fail(context, FORBIDDEN, "the request comes from another site");
    } else if (!JSON.contentEquals(HttpUtil.getMimeType(type.isEmpty() ? "none" : type))) {
      fail(context, UNSUPPORTED, "the Content-Type has to be " + JSON);
    } else if (HttpUtil.getContentLength(request, 0L) > BODY_MAX) {
      tooLarge(context);
    } else {
      if (HttpUtil.is100ContinueExpected(request)) {
        var _ =
            context.writeAndFlush(
                new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
      }
      credentials = Credentials.of(authorization);
      kept = new ByteArrayOutputStream();
      body = Body.KEPT;
    }
  }

  private void keep(ChannelHandlerContext context, HttpContent content) {
    ByteBuf bytes = content.content();
    if (kept.size() + bytes.readableBytes() > BODY_MAX) {
      body = Body.DROPPED;
      tooLarge(context);
      return;
    }
    try {
      bytes.readBytes(kept, bytes.readableBytes());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    if (content instanceof LastHttpContent) {
      body = Body.DROPPED;
      run(context, kept.toByteArray());
      kept = new ByteArrayOutputStream(0);
    }
  }

  private void tooLarge(ChannelHandlerContext context) {
    stays = false;
    fail(context, Outcome.TOO_LARGE, "a request has at most " + (BODY_MAX >> 20) + " MB");
  }

  private void run(ChannelHandlerContext context, byte[] json) {
    Console open = console.get();
    if (open == null) {
      fail(context, Outcome.UNAVAILABLE, "the server ends");
      return;
    }
    try {
      CommandRequest request = CommandRequest.parse(json);
      running =
          open.run(
              request,
              credentials,
              context.channel().remoteAddress(),
              outcome -> context.executor().execute(() -> answer(context, outcome)));
    } catch (BadRequestException wrong) {
      answer(context, Outcome.failure(Outcome.BAD_REQUEST, wrong.line()));
    }
  }

  // ---- answers ----

  /// Answers before the body has come: it is not read, nor the connection kept, if there is one.
  private void fail(ChannelHandlerContext context, int status, String message) {
    answer(context, Outcome.failure(status, message));
  }

  private void answer(ChannelHandlerContext context, Outcome outcome) {
    running = null;
    FullHttpResponse response = response(outcome.status(), JSON, outcome.json());
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, outcome.json().length);
    if (outcome.status() == Outcome.UNAUTHORIZED) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"karst\"");
    }
    write(context, response);
  }

  private static FullHttpResponse response(int status, String type, byte @Nullable [] content) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            content == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(content));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    SafetyHeaders.add(response.headers());
    return response;
  }

  private void write(ChannelHandlerContext context, FullHttpResponse response) {
    HttpUtil.setKeepAlive(response, stays);
    ChannelFuture written = context.writeAndFlush(response);
    if (!stays) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
