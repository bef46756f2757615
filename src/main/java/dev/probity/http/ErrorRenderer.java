package dev.probity.http;

import dev.probity.kernel.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Shows a refusal to whoever asked. */
@FunctionalInterface
public interface ErrorRenderer {
  /** For programs: {@code {"error":{"code","message"}}}. */
  ErrorRenderer JSON = (call, refusal) -> json(refusal);

  Answer render(Call call, Refusal refusal);

  private static Answer json(Refusal refusal) {
    ObjectNode root = Json.object();
    root.putObject("error").put("code", refusal.code()).put("message", refusal.message());
    return Answer.json(refusal.status(), root);
  }
}
