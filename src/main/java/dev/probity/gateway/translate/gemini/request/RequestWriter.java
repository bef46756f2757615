package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Knob;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.Map;

/** Writes a whole request. */
public final class RequestWriter {
  private RequestWriter() {}

  /** As {@link RequestEncoder#encode} says. */
  public static void write(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    GeminiModel model = GeminiModel.of(target.model());
    boolean inWords = formatIsSaidInWords(prompt, model);
    out.beginObject();
    instructions(prompt, inWords, out, losses);
    out.name("contents").beginArray();
    new ContentsEncoder(model, out, losses).turns(prompt.turns());
    out.endArray();
    new ToolsEncoder(model, out, losses).write(prompt);
    new ConfigEncoder(model, out, losses).write(prompt, !inWords);
    outside(prompt.knobs(), out, losses);
    for (String name : prompt.rest().keySet()) {
      losses.add(Loss.UNKNOWN, name);
    }
    out.endObject();
  }

  /** Models before the third refuse functions together with a format. */
  private static boolean formatIsSaidInWords(Prompt prompt, GeminiModel model) {
    return !(prompt.format() instanceof OutputFormat.Plain)
        && !model.formatsWithTools()
        && prompt.tools().stream().anyMatch(tool -> !(tool instanceof Tool.Server));
  }

  private static void instructions(
      Prompt prompt, boolean formatInWords, JsonWriter out, Losses losses) throws Untranslatable {
    if (prompt.instructions().isEmpty() && !formatInWords) {
      return;
    }
    out.name("systemInstruction").beginObject().name("parts").beginArray();
    for (Part part : prompt.instructions()) {
      if (!(part instanceof Part.Text text)) {
        throw Untranslatable.request(
            "system_not_text",
            "Models of Google's take a system message as text only. Move images and documents"
                + " into a user's message.");
      }
      if (text.cache() != Part.CacheMark.NONE) {
        losses.add(Loss.CACHE_MARK);
      }
      if (!text.text().isEmpty()) {
        out.beginObject().member("text", text.text()).endObject();
      }
    }
    if (formatInWords) {
      losses.add(Loss.FORMAT_BY_INSTRUCTION);
      out.beginObject().name("text").beginText();
      out.piece("When you answer in text, answer with one JSON object and nothing else.");
      if (prompt.format() instanceof OutputFormat.Schema schema) {
        out.piece(" It must follow this JSON schema: ").piece(schema.schema());
      }
      out.endText().endObject();
    }
    out.endArray().endObject();
  }

  private static void outside(Map<Knob, RawJson> knobs, JsonWriter out, Losses losses) {
    copy(knobs, Knob.SAFETY_SETTINGS, "safetySettings", out);
    copy(knobs, Knob.CACHED_CONTENT, "cachedContent", out);
    copy(knobs, Knob.STORE, "store", out);
    RawJson tier = knobs.getOrDefault(Knob.SERVICE_TIER, RawJson.NULL);
    switch (tier.text().map(RawText::plain).orElse("auto")) {
      case "auto" -> {}
      case "default" -> out.member("serviceTier", "standard");
      case "flex" -> out.member("serviceTier", "flex");
      case "priority" -> out.member("serviceTier", "priority");
      default -> losses.add(Loss.DROPPED, "service_tier");
    }
  }

  private static void copy(Map<Knob, RawJson> knobs, Knob knob, String name, JsonWriter out) {
    RawJson value = knobs.get(knob);
    if (value != null) {
      out.member(name, value);
    }
  }
}
