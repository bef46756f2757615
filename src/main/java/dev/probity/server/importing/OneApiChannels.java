package dev.probity.server.importing;

import dev.probity.server.importing.Imported.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads the channels of one-api and of those that descend from it (new-api): what their {@code GET
 * /api/channel/} answers, or a table of channels as JSON. Types and addresses are those of
 * one-api's {@code relay/channeltype}.
 */
final class OneApiChannels {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ENABLED = 1;

  /** Channel types that speak OpenAI's format, with their addresses. */
  private static final Map<Integer, String> COMPATIBLE =
      Map.ofEntries(
          Map.entry(16, "https://open.bigmodel.cn/api/paas/v4"),
          Map.entry(17, "https://dashscope.aliyuncs.com/compatible-mode/v1"),
          Map.entry(19, "https://ai.360.cn/v1"),
          Map.entry(20, "https://openrouter.ai/api/v1"),
          Map.entry(25, "https://api.moonshot.cn/v1"),
          Map.entry(26, "https://api.baichuan-ai.com/v1"),
          Map.entry(27, "https://api.minimax.chat/v1"),
          Map.entry(28, "https://api.mistral.ai/v1"),
          Map.entry(29, "https://api.groq.com/openai/v1"),
          Map.entry(30, "http://localhost:11434/v1"),
          Map.entry(31, "https://api.lingyiwanwu.com/v1"),
          Map.entry(32, "https://api.stepfun.com/v1"),
          Map.entry(36, "https://api.deepseek.com/v1"),
          Map.entry(39, "https://api.together.xyz/v1"),
          Map.entry(40, "https://ark.cn-beijing.volces.com/api/v3"),
          Map.entry(41, "https://api.novita.ai/v3/openai"));

  private final Imported found = new Imported();

  private OneApiChannels() {}

  /**
   * @throws JacksonException if it is not JSON
   */
  static Imported read(String json) {
    JsonNode root = JSON.readTree(json);
    JsonNode data = root.isArray() ? root : root.path("data");
    JsonNode channels = data.isArray() ? data : data.path("items");
    OneApiChannels reading = new OneApiChannels();
    if (!channels.isArray()) {
      reading.found.leftOut(
          "the file", "no list of channels is in it (expected: an array, or {\"data\": [...]})");
    }
    for (JsonNode channel : channels) {
      reading.channel(channel);
    }
    return reading.found;
  }

  private void channel(JsonNode channel) {
    int type = channel.path("type").asInt(0);
    String name = channel.path("name").asString("channel-" + channel.path("id").asInt(0));
    String where = "channel " + channel.path("id").asString("?") + " \"" + name + "\"";
    String base = channel.path("base_url").asString("");
    String kind = kind(type);
    if (channel.path("status").asInt(ENABLED) != ENABLED) {
      found.leftOut(where, "it is switched off");
      return;
    }
    if (kind.isEmpty()) {
      found.leftOut(where, "its type " + type + " is none that Probity speaks to");
      return;
    }
    Optional<String> url =
        base.isBlank()
            ? Optional.ofNullable(COMPATIBLE.get(type))
            : Optional.of(Vendors.address(kind, base));
    if (url.isEmpty() && (kind.equals("openai-compatible") || kind.equals("azure-openai"))) {
      found.leftOut(where, "it has no base_url");
      return;
    }
    Optional<String> version =
        kind.equals("azure-openai")
            ? Optional.of(channel.path("other").asString("")).filter(text -> !text.isBlank())
            : Optional.empty();
    List<String> keys =
        channel.path("key").asString("").lines().filter(key -> !key.isBlank()).toList();
    if (keys.isEmpty()) {
      found.changed(where, "it came without its key: put it into the environment file");
    }
    int weight = Math.clamp(channel.path("weight").asInt(1), 1, 1_000);
    // There the highest priority is first, here the lowest.
    int priority = Math.clamp(500L - channel.path("priority").asInt(0), 0, 1_000);
    Map<String, String> mapping = mapping(where, channel.path("model_mapping"));
    List<String> models =
        List.of(channel.path("models").asString("").split(",")).stream()
            .map(String::strip)
            .filter(model -> !model.isEmpty())
            .toList();
    for (String key : keys.isEmpty() ? List.of("") : keys) {
      String reference = found.secret(name + "_key", key.strip());
      String deployment = found.deployment(name, kind, url, Optional.of(reference), version);
      for (String model : models) {
        found.route(
            model, new Route(deployment, mapping.getOrDefault(model, model), weight, priority));
      }
    }
    notCarried(where, channel);
  }

  private static String kind(int type) {
    return switch (type) {
      case 1 -> "openai";
      case 3 -> "azure-openai";
      case 14 -> "anthropic";
      case 24 -> "gemini";
      case 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 22, 50 -> "openai-compatible";
      default -> COMPATIBLE.containsKey(type) ? "openai-compatible" : "";
    };
  }

  private Map<String, String> mapping(String where, JsonNode text) {
    String json = text.isString() ? text.asString() : text.toString();
    if (json.isBlank() || text.isMissingNode() || text.isNull()) {
      return Map.of();
    }
    try {
      Map<String, String> mapping = new java.util.HashMap<>();
      JSON.readTree(json)
          .properties()
          .forEach(each -> mapping.put(each.getKey(), each.getValue().asString("")));
      return mapping;
    } catch (JacksonException _) {
      found.leftOut(where, "its model_mapping is no JSON");
      return Map.of();
    }
  }

  private void notCarried(String where, JsonNode channel) {
    String group = channel.path("group").asString("");
    if (!group.isBlank() && !group.equals("default")) {
      found.leftOut(
          where, "its group \"" + group + "\": a route's condition on keys can say the same");
    }
    for (String member :
        List.of("param_override", "header_override", "status_code_mapping", "system_prompt")) {
      JsonNode value = channel.path(member);
      if (value.isString() ? !value.asString().isBlank() : value.isObject() && !value.isEmpty()) {
        found.leftOut(where, member);
      }
    }
  }
}
