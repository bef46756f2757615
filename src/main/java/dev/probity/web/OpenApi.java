package dev.probity.web;

import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/openapi.json}: the description of the API, with this installation's address. */
final class OpenApi {
  private final ObjectNode document;

  OpenApi(String version) {
    this.document = (ObjectNode) Json.lenient(resource());
    ((ObjectNode) document.path("info")).put("version", version);
  }

  Answer show(Call call) {
    call.query();
    ObjectNode answer = document.deepCopy();
    answer.putArray("servers").addObject().put("url", call.origin().toString());
    return Answer.json(answer);
  }

  private static String resource() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("/web/openapi.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
