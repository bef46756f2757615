package dev.probity.gateway.call;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.Dialect;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;

/** Headers of requests and answers that are translated. */
final class TranslatedHeads {
  /**
   * What a vendor's clients tell that vendor: another would not understand it, or take it amiss.
   */
  private static final List<String> VENDORS =
      List.of(
          "anthropic-",
          "openai-",
          "chatgpt-",
          "x-stainless-",
          "x-goog-",
          "x-claude-",
          "x-codex-",
          "x-openai-",
          "x-app",
          "originator",
          "session_id",
          "session-id",
          "thread-id",
          "conversation_id",
          "conversation-id",
          "x-client-request-id");

  /** What goes back whoever the vendor is. */
  private static final List<String> RETURNED = List.of("retry-after", "retry-after-ms", "date");

  private TranslatedHeads() {}

  /** The client's headers, without what only its own vendor understands. */
  static HttpHeaders request(HttpHeaders clients) {
    HttpHeaders headers = clients.copy();
    ClientHeaders.removeCredentials(headers);
    for (String name : clients.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (VENDORS.stream().anyMatch(lower::startsWith)) {
        headers.remove(name);
      }
    }
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    headers.remove(HttpHeaderNames.ACCEPT);
    headers.remove(HttpHeaderNames.CONTENT_ENCODING);
    return headers;
  }

  /** The head of a success: nothing of the provider's that would not be true of this answer. */
  static HttpResponse answer(
      HttpResponse providers, Dialect from, Dialect to, boolean stream, long wallMillis) {
    HttpResponse answer = new DefaultHttpResponse(HttpVersion.HTTP_1_1, providers.status());
    HttpHeaders headers = answer.headers();
    headers.set(
        HttpHeaderNames.CONTENT_TYPE,
        stream ? "text/event-stream; charset=utf-8" : "application/json");
    if (stream) {
      AnswerHeads.unbuffered(headers);
    }
    for (String name : RETURNED) {
      String value = providers.headers().get(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    RateHeaders.copy(providers.headers(), from, headers, to, wallMillis);
    return answer;
  }
}
