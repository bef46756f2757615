package dev.probity.gateway.translate.gemini;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Reasoning;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.ToolChoice;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests there and back. */
final class Requests {
  static final JsonMapper MAPPER = new JsonMapper();

  private Requests() {}

  static Prompt decode(String body, Losses losses) throws Untranslatable, MalformedJson {
    return GeminiRequestDecoder.INSTANCE.decode(RawJson.of(body), losses);
  }

  static Prompt decode(String body) throws Untranslatable, MalformedJson {
    return decode(body, new Losses());
  }

  static String encode(Prompt prompt, String model, Losses losses)
      throws Untranslatable, MalformedJson {
    JsonWriter out = new JsonWriter();
    GeminiRequestEncoder.INSTANCE.encode(prompt, new Target(model, true), out, losses);
    return out.toString();
  }

  static JsonNode tree(Prompt prompt, String model, Losses losses)
      throws Untranslatable, MalformedJson {
    return MAPPER.readTree(encode(prompt, model, losses));
  }

  static Prompt saying(Turn... turns) {
    return new Prompt(
        List.of(),
        List.of(turns),
        List.of(),
        ToolChoice.UNSAID,
        Reasoning.UNSAID,
        OutputFormat.PLAIN,
        Map.of(),
        Map.of());
  }

  static Turn user(Part... parts) {
    return new Turn(Role.USER, List.of(parts));
  }

  static Turn model(Part... parts) {
    return new Turn(Role.ASSISTANT, List.of(parts));
  }

  static Part text(String text) {
    return Part.Text.of(RawText.of(text));
  }
}
