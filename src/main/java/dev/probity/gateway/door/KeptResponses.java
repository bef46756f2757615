package dev.probity.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.state.ResponseMemory;
import dev.probity.gateway.state.ResponseSettings;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** Shows and deletes responses that are remembered here, and not at a provider. */
final class KeptResponses {
  private static final String ABOVE = "/v1/responses/";

  private final ResponseMemory memory;

  KeptResponses(ResponseMemory memory) {
    this.memory = memory;
  }

  /**
   * Answers a request about a response.
   *
   * @param path without query and vendor prefix
   * @return whether it did: else the provider is asked
   */
  boolean answer(Gateway gateway, HttpRequest request, String path, String id, Answer answer) {
    ResponseSettings settings = gateway.snapshot().settings().responses();
    if (settings.state() == ResponseSettings.State.OFF
        || !(gateway.admit(request.headers(), request.uri()) instanceof Gateway.Admitted admitted)
        || gateway.homes().of(admitted.caller().organization(), id).isPresent()) {
      return false;
    }
    Optional<ResponseMemory.Kept> kept = memory.find(admitted.caller(), id, settings);
    String below = path.substring(ABOVE.length() + id.length());
    if (kept.isEmpty() || below.equals("/cancel")) {
      return false;
    }
    if (below.equals("/input_items")) {
      answer(answer, items(kept.get()));
    } else if (request.method().equals(HttpMethod.DELETE)) {
      memory.forget(admitted.caller(), id);
      answer(answer, deleted(id));
    } else if (kept.get().document().length == 0) {
      return false;
    } else {
      answer(answer, kept.get().document());
    }
    return true;
  }

  private static byte[] items(ResponseMemory.Kept kept) {
    JsonWriter out = new JsonWriter();
    out.beginObject().member("object", "list").name("data").beginArray();
    kept.turn().writeInput(out);
    out.endArray().name("first_id").nullValue().name("last_id").nullValue();
    return out.member("has_more", RawJson.FALSE).endObject().toBytes();
  }

  private static byte[] deleted(String id) {
    return ("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}").getBytes(UTF_8);
  }

  private static void answer(Answer answer, byte[] json) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    answer.whole(head, Unpooled.wrappedBuffer(json));
  }
}
