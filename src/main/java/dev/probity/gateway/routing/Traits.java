package dev.probity.gateway.routing;

import dev.probity.kernel.Caller;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a route may be chosen by.
 *
 * @param headers the client's, without credentials
 * @param bodyBytes of its request
 * @param session what the client calls its session or prompt cache, if it does
 * @param prefix a hash of the prompt's beginning: requests that share it can share a prompt cache
 * @param previousResponse the id of the answer that this request goes on from: only the deployment
 *     that made it knows it
 */
public record Traits(
    Caller caller,
    HttpHeaders headers,
    long bodyBytes,
    boolean stream,
    Optional<String> session,
    OptionalLong prefix,
    Optional<String> previousResponse) {
  /** Of a request that goes on from nothing. */
  public Traits(
      Caller caller,
      HttpHeaders headers,
      long bodyBytes,
      boolean stream,
      Optional<String> session,
      OptionalLong prefix) {
    this(caller, headers, bodyBytes, stream, session, prefix, Optional.empty());
  }
}
