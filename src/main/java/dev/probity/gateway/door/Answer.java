package dev.probity.gateway.door;

import dev.probity.gateway.Client;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Writes the answer to one request of a connection, in the HTTP version that the client speaks. */
public final class Answer implements Client {
  private final DoorConnection connection;
  private final ChannelHandlerContext ctx;
  private final boolean http10;
  private final boolean head;
  private boolean keepAlive;
  private boolean chunked;
  private boolean begun;
  private boolean ended;

  Answer(DoorConnection connection, ChannelHandlerContext ctx, HttpRequest request) {
    this.connection = connection;
    this.ctx = ctx;
    this.http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.head = request.method().equals(HttpMethod.HEAD);
    this.keepAlive = HttpUtil.isKeepAlive(request);
  }

  /** The connection is not used again after this answer. */
  public void closeAfter() {
    keepAlive = false;
  }

  boolean isHttp2() {
    return connection.isHttp2();
  }

  boolean begun() {
    return begun;
  }

  boolean ended() {
    return ended;
  }

  @Override
  public boolean isWritable() {
    return ctx.channel().isWritable();
  }

  @Override
  public void whole(HttpResponse response, ByteBuf body) {
    if (ended) {
      body.release();
      return;
    }
    HttpHeaders headers = response.headers();
    boolean bodiless = response.status().code() == 204 || response.status().code() == 304;
    if (!head && !bodiless) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    prepare(headers);
    begun = true;
    ended = true;
    ByteBuf sent = body;
    if (head || bodiless) {
      body.release();
      sent = Unpooled.EMPTY_BUFFER;
    }
    finish(
        ctx.writeAndFlush(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                response.status(),
                sent,
                headers,
                EmptyHttpHeaders.INSTANCE)));
  }

  @Override
  public void begin(HttpResponse response) {
    if (ended || begun) {
      return;
    }
    HttpHeaders headers = response.headers();
    boolean bodiless = response.status().code() == 204 || response.status().code() == 304;
    if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH) && !head && !bodiless) {
      if (http10) {
        keepAlive = false;
      } else {
        chunked = true;
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      }
    }
    prepare(headers);
    begun = true;
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    ctx.write(response, ctx.voidPromise());
  }

  @Override
  public void piece(ByteBuf bytes) {
    if (ended || head) {
      bytes.release();
      return;
    }
    ctx.write(new DefaultHttpContent(bytes), ctx.voidPromise());
  }

  @Override
  public void flush() {
    ctx.flush();
  }

  @Override
  public void end() {
    if (!ended) {
      ended = true;
      finish(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
    }
  }

  @Override
  public void breakOff() {
    if (!ended) {
      ended = true;
      ctx.flush();
      ctx.close();
      connection.answered(false);
    }
  }

  /** Speaks no HTTP any more: says so, and gives the connection to another handler. */
  public void handOver(HttpResponse switching, ChannelHandler next) {
    begun = true;
    ended = true;
    ctx.writeAndFlush(switching, ctx.voidPromise());
    connection.handOver(next);
  }

  /** The client must ask for another protocol, or ask in another way. */
  public void upgradeRequired(CharSequence header, String version) {
    ByteBuf body =
        Unpooled.copiedBuffer(
            DoorErrors.json(
                "upgrade_required", "This is no proper handshake for WebSocket version 13."),
            java.nio.charset.StandardCharsets.UTF_8);
    HttpResponse response =
        new io.netty.handler.codec.http.DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.UPGRADE_REQUIRED);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json").set(header, version);
    whole(response, body);
  }

  /** Refuses in plain words, for requests that belong to no wire format. */
  public void plain(int status, String contentType, String text) {
    ByteBuf body = Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.UTF_8);
    HttpResponse response =
        new io.netty.handler.codec.http.DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    whole(response, body);
  }

  private void prepare(HttpHeaders headers) {
    keepAlive &= !connection.isDraining();
    if (connection.isHttp2()) {
      headers.remove(HttpHeaderNames.CONNECTION);
      return;
    }
    if (!keepAlive) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (http10) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private void finish(ChannelFuture written) {
    if (!keepAlive && !connection.isHttp2()) {
      written.addListener(done -> connection.lingeringClose());
    }
    connection.answered(keepAlive);
  }
}
