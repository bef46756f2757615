package dev.probity.gateway.call;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators.Asked;
import dev.probity.gateway.translate.counting.CountAnswer;
import dev.probity.gateway.translate.counting.CountTranslation;
import dev.probity.gateway.translate.counting.TokenEstimate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** The answer to a call that counts tokens, where no provider of the model can. */
final class EstimatedCount {
  /** What the client is told of it. */
  static final List<String> DEGRADED = List.of("estimated_count");

  private EstimatedCount() {}

  static ByteBuf of(Asked asked, ByteBufAllocator allocator) throws Untranslatable {
    try {
      JsonWriter out = new JsonWriter();
      CountAnswer.write(
          asked.operation(), TokenEstimate.of(new CountTranslation(asked).prompt()), out);
      return out.toBuffer(allocator);
    } catch (MalformedJson e) {
      throw Untranslatable.request(
          "invalid_request", "The request is not what its format asks for: " + e.getMessage());
    }
  }

  static HttpResponse head() {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    return response;
  }
}
