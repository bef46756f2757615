package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Blocks as elements of an array, which is open. */
final class DocumentBlocks implements BlockSink {
  private final List<WebCitation> citations = new ArrayList<>();
  private final JsonWriter input = new JsonWriter();
  private String tool = "";
  private boolean call;

  @Override
  public void beginText(JsonWriter out) {
    call = false;
    out.beginObject().member("type", "text").name("text").beginText();
  }

  @Override
  public void beginThinking(JsonWriter out) {
    call = false;
    out.beginObject().member("type", "thinking").name("thinking").beginText();
  }

  @Override
  public void beginCall(RawText id, RawText name, JsonWriter out) {
    call = true;
    tool = name.plain();
    input.clear();
    input.beginText();
    out.beginObject()
        .member("type", "tool_use")
        .member("id", id)
        .member("name", name)
        .name("input");
  }

  @Override
  public void piece(RawText piece, JsonWriter out) {
    (call ? input : out).piece(piece);
  }

  @Override
  public void citation(WebCitation citation, JsonWriter out) {
    citations.add(citation);
  }

  @Override
  public void end(JsonWriter out) throws Untranslatable {
    if (call) {
      out.value(object(input.endText().toJson())).endObject();
      return;
    }
    out.endText();
    if (!citations.isEmpty()) {
      out.name("citations").beginArray();
      citations.forEach(citation -> citation.write(out));
      out.endArray();
      citations.clear();
    }
    out.endObject();
  }

  private RawJson object(RawJson text) throws Untranslatable {
    RawText written = text.text().orElse(RawText.EMPTY);
    Optional<RawJson> read =
        written.isEmpty() ? Optional.of(RawJson.EMPTY_OBJECT) : RawJson.inside(written);
    return read.filter(RawJson::isObject)
        .orElseThrow(() ->
            Untranslatable.answer(
                "invalid_tool_arguments",
                "The model called the tool '"
                    + tool
                    + "' with arguments that are no JSON object. Ask again."));
  }

  @Override
  public void endThinking(RawText signature, JsonWriter out) {
    out.endText().member("signature", signature).endObject();
  }

  @Override
  public void hiddenThought(RawText data, JsonWriter out) {
    out.beginObject().member("type", "redacted_thinking").member("data", data).endObject();
  }
}
