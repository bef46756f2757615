package dev.probity.gateway.translate.chat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.openai.Knobs;

/** Writes requests for providers of OpenAI's chat completions. */
public enum ChatRequestEncoder implements RequestEncoder {
  INSTANCE;

  @Override
  public void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    out.beginObject().member("model", target.model());
    new ChatMessageWriter(out, losses).write(prompt);
    new ChatToolWriter(out, losses).write(prompt);
    format(prompt.format(), out);
    ChatThinking.write(prompt.reasoning(), out, losses);
    Knobs.write(prompt.knobs(), out, losses);
    for (String member : prompt.rest().keySet()) {
      losses.add(Loss.UNKNOWN, member);
    }
    if (target.stream()) {
      out.member("stream", true);
      out.name("stream_options").beginObject().member("include_usage", true).endObject();
    }
    out.endObject();
  }

  private static void format(OutputFormat format, JsonWriter out) {
    switch (format) {
      case OutputFormat.Plain() -> {}
      case OutputFormat.AnyJson() ->
          out.name("response_format").beginObject().member("type", "json_object").endObject();
      case OutputFormat.Schema schema -> {
        out.name("response_format").beginObject().member("type", "json_schema");
        out.name("json_schema").beginObject();
        schema
            .name()
            .ifPresentOrElse(name -> out.member("name", name), () -> out.member("name", "answer"));
        schema.description().ifPresent(text -> out.member("description", text));
        out.member("schema", schema.schema());
        schema.strict().ifPresent(strict -> out.member("strict", strict));
        out.endObject().endObject();
      }
    }
  }
}
