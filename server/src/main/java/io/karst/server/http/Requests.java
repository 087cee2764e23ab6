package io.karst.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karst.commands.Args;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the requests of one connection. Thread: the port's event loop.
final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int BROKEN = 500;

  private final Pages pages;
  private final Entrance entrance;

  Requests(Pages pages, Entrance entrance) {
    this.pages = pages;
    this.entrance = entrance;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    boolean stays = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    FullHttpResponse response = response(answer(request), request.method().equals(HttpMethod.HEAD));
    HttpUtil.setKeepAlive(response, stays);
    var written = context.writeAndFlush(response);
    if (!stays) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private Answer answer(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      return Answer.text(broken(request.decoderResult().cause()), "bad request");
    }
    String path = request.uri();
    int query = path.indexOf('?');
    Page page = pages.find(query < 0 ? path : path.substring(0, query));
    Args shows = page == null ? null : page.shows();
    boolean open = page != null && shows == null;
    Answer refusal = open ? null : entrance.refusal(request, shows);
    if (refusal != null) {
      return refusal;
    }
    if (page == null) {
      return Answer.text(NOT_FOUND, "there is " + pages.names());
    }
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return Answer.text(NOT_ALLOWED, "only GET and HEAD");
    }
    try {
      return page.source().answer();
    } catch (RuntimeException bug) {
      LOG.error("A bug in {}", path, bug);
      return Answer.text(BROKEN, "internal error");
    }
  }

  private static int broken(@Nullable Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG.code();
      case TooLongHttpHeaderException _ ->
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.code();
      case null, default -> HttpResponseStatus.BAD_REQUEST.code();
    };
  }

  private static FullHttpResponse response(Answer answer, boolean headOnly) {
    byte[] body = answer.body().getBytes(UTF_8);
    var content = headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    if (answer.status() == UNAUTHORIZED) {
      response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"karst\"");
    } else if (answer.status() == NOT_ALLOWED) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    return response;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
