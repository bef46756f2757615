package dev.probity.gateway.door.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.Lane;
import dev.probity.gateway.Operation;
import dev.probity.gateway.call.ModelCall;
import dev.probity.gateway.door.Answer;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.Serving;
import dev.probity.gateway.door.Upgrade;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes WebSockets of connections that ask for it. The key is looked up first, so that a stranger
 * never gets one.
 */
public final class ResponseSockets implements Upgrade {
  /** RFC 6455 gives it. */
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final String VERSION = "13";

  @Override
  public boolean wants(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return request.method().equals(HttpMethod.GET)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  @Override
  public @Nullable Serving serve(
      Door door, Gateway gateway, Lane lane, HttpRequest request, Answer answer) {
    HttpHeaders headers = request.headers();
    Optional<Refusal> refusal = gateway.refuses(headers, request.uri());
    if (refusal.isPresent()) {
      answer.closeAfter();
      ModelCall stranger = gateway.begin(Operation.RESPONSE, "", request, lane, answer);
      stranger.refuse(refusal.get());
      return null;
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    boolean proper =
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
            && key.length() == 24
            && headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "").equals(VERSION);
    if (!proper) {
      answer.closeAfter();
      answer.upgradeRequired(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
      return null;
    }
    return new Handshake(door, gateway, lane, request, answer, accept(key));
  }

  private static String accept(String key) {
    try {
      // SHA-1 because the standard says so; nothing rests on its strength.
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder().encodeToString(digest.digest((key + MAGIC).getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 does not work on this JDK", e);
    }
  }

  /** Waits for the end of the request, which has no body, and then hands the connection over. */
  private record Handshake(
      Door door, Gateway gateway, Lane lane, HttpRequest request, Answer answer, String accept)
      implements Serving {
    @Override
    public void bodyPiece(ByteBuf piece) {
      piece.release();
    }

    @Override
    public void bodyEnd() {
      DefaultFullHttpResponse switching =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
      switching
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
          .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept);
      SocketCalls calls =
          new SocketCalls(
              gateway,
              lane,
              request,
              new ConnectionTurns(door.budget()),
              door.settings().limits().jsonDepth());
      answer.handOver(switching, new SocketConnection(door, lane, calls));
    }

    @Override
    public void clientGone() {}

    @Override
    public void clientWritable(boolean writable) {}

    @Override
    public boolean awaitsBody() {
      return true;
    }

    @Override
    public void bodyTimedOut() {
      answer.breakOff();
    }
  }
}
