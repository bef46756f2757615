package dev.probity.gateway.call;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.Operation;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.upstream.Upstream;
import dev.probity.kernel.Secret;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** The request as it goes upstream. */
final class UpstreamRequest {
  private UpstreamRequest() {}

  /**
   * @param query without a key
   * @param headers without any credential; used as they are
   * @param ownKey the client's own provider key, which goes before the deployment's
   */
  static FullHttpRequest of(
      Candidate candidate,
      Operation sent,
      String query,
      HttpHeaders headers,
      ByteBuf body,
      Optional<String> ownKey) {
    Upstream upstream = candidate.deployment().upstream();
    String target = upstream.target(sent, candidate.model(), query);
    return of(candidate, HttpMethod.POST, target, headers, body, ownKey);
  }

  private static FullHttpRequest of(
      Candidate candidate,
      HttpMethod method,
      String target,
      HttpHeaders headers,
      ByteBuf body,
      Optional<String> ownKey) {
    headers.set(HttpHeaderNames.HOST, candidate.deployment().origin().hostHeader());
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    String configured = candidate.deployment().credential().map(Secret::reveal).orElse("");
    candidate.deployment().upstream().authorize(headers, ownKey.orElse(configured));
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, method, target, body, headers, EmptyHttpHeaders.INSTANCE);
  }

  /**
   * The same at the client's own path, by the client's own method.
   *
   * @param path without a vendor's prefix
   */
  static FullHttpRequest passedThrough(
      Candidate candidate,
      Operation operation,
      HttpRequest head,
      String path,
      ByteBuf body,
      Optional<String> ownKey) {
    String target =
        candidate
            .deployment()
            .upstream()
            .passThrough(operation, candidate.model(), path, ClientHeaders.query(head.uri()));
    FullHttpRequest request = of(candidate, head.method(), target, head.headers(), body, ownKey);
    if (!body.isReadable() && !head.method().equals(HttpMethod.POST)) {
      head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    }
    return request;
  }
}
