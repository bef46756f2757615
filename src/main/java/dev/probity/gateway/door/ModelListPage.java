package dev.probity.gateway.door;

import dev.probity.gateway.Gateway;
import dev.probity.gateway.catalog.ConfiguredModels;
import dev.probity.gateway.catalog.ConfiguredModels.Named;
import dev.probity.kernel.Refusal;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of models in the shapes that clients expect: {@code /v1/models} for OpenAI's and
 * Anthropic's at once (their fields do not clash), {@code /v1beta/models} for Google's.
 */
public final class ModelListPage implements DoorRoutes.Page {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String OPENAI_PATH = "/v1/models";
  private static final String GEMINI_PATH = "/v1beta/models";

  private final Gateway gateway;
  private final ConfiguredModels models;

  public ModelListPage(Gateway gateway, ConfiguredModels models) {
    this.gateway = gateway;
    this.models = models;
  }

  @Override
  public DoorRoutes.Text render(HttpHeaders headers, String uri) {
    Optional<Refusal> refusal = gateway.refuses(headers, uri);
    if (refusal.isPresent()) {
      return error(refusal.get().status(), refusal.get().code(), refusal.get().message());
    }
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    boolean gemini = path.startsWith(GEMINI_PATH);
    String parent = gemini ? GEMINI_PATH : OPENAI_PATH;
    if (path.length() <= parent.length() + 1) {
      return text(200, gemini ? geminiList() : list());
    }
    String wanted = dev.probity.gateway.ClientHeaders.decoded(path.substring(parent.length() + 1));
    return models.named().stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .map(each -> text(200, gemini ? geminiEntry(each) : entry(each)))
        .orElseGet(() ->
            error(
                404,
                "model_not_found",
                "There is no model '" + wanted + "'. GET " + parent + " lists them."));
  }

  private ObjectNode list() {
    ObjectNode root = JSON.createObjectNode();
    root.put("object", "list");
    ArrayNode data = root.putArray("data");
    List<Named> all = models.named();
    all.forEach(each -> data.add(entry(each)));
    root.put("has_more", false);
    root.put("first_id", all.isEmpty() ? null : all.getFirst().name());
    root.put("last_id", all.isEmpty() ? null : all.getLast().name());
    return root;
  }

  private static ObjectNode entry(Named model) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("id", model.name());
    entry.put("object", "model");
    entry.put("created", 0);
    entry.put("owned_by", model.provider());
    entry.put("type", "model");
    entry.put("display_name", model.name());
    entry.put("created_at", "1970-01-01T00:00:00Z");
    return entry;
  }

  private ObjectNode geminiList() {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode data = root.putArray("models");
    models.named().forEach(each -> data.add(geminiEntry(each)));
    return root;
  }

  private static ObjectNode geminiEntry(Named model) {
    ObjectNode entry = JSON.createObjectNode();
    entry.put("name", "models/" + model.name());
    entry.put("displayName", model.name());
    entry
        .putArray("supportedGenerationMethods")
        .add("generateContent")
        .add("streamGenerateContent")
        .add("countTokens");
    return entry;
  }

  private static DoorRoutes.Text error(int status, String code, String message) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("error")
        .put("message", message)
        .put("type", status == 401 ? "authentication_error" : "invalid_request_error")
        .put("code", code)
        .putNull("param");
    return text(status, root);
  }

  private static DoorRoutes.Text text(int status, ObjectNode json) {
    return new DoorRoutes.Text(status, "application/json", json.toString());
  }
}
