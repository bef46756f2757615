package dev.probity.gateway.door.otlp;

import dev.probity.http.TrustedProxies;
import io.netty.channel.Channel;
import io.netty.handler.codec.Headers;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What both ways of reporting read off their headers: who reports, and from where. */
final class ReportHeads {
  private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
  private static final AsciiString API_KEY = AsciiString.cached("x-api-key");
  private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final String BEARER = "bearer ";

  private ReportHeads() {}

  /**
   * The key that a client presents: {@code Authorization: Bearer KEY}, the bare key there, or
   * {@code x-api-key}. Empty if there is none.
   *
   * @param header the value of a header; null if it is missing
   */
  static String key(Function<AsciiString, @Nullable CharSequence> header) {
    CharSequence authorization = header.apply(AUTHORIZATION);
    if (authorization != null && !authorization.isEmpty()) {
      String text = authorization.toString().strip();
      return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? text.substring(BEARER.length()).strip()
          : text;
    }
    CharSequence key = header.apply(API_KEY);
    return key == null ? "" : key.toString().strip();
  }

  /** The client's address, as far as the proxies in between are trusted. */
  static Optional<InetAddress> address(
      TrustedProxies proxies, Channel channel, Function<AsciiString, List<String>> headers) {
    SocketAddress peer = channel.remoteAddress();
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? proxies.client(internet.getAddress(), headers.apply(FORWARDED_FOR))
        : Optional.empty();
  }

  /** All values of a header as text. */
  static List<String> texts(Headers<CharSequence, CharSequence, ?> headers, AsciiString name) {
    List<String> texts = new ArrayList<>();
    for (CharSequence value : headers.getAll(name)) {
      texts.add(value.toString());
    }
    return texts;
  }
}
