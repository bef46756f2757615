package dev.probity.gateway.translate.responses;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.responses.output.ToolNames;
import java.util.List;

/** Writes requests for providers of OpenAI's responses. */
public enum ResponsesRequestEncoder implements RequestEncoder {
  INSTANCE;

  @Override
  public void encode(Prompt prompt, Target target, JsonWriter out, Losses losses)
      throws Untranslatable, MalformedJson {
    ToolNames names = new ToolNames(prompt.tools());
    out.beginObject().member("model", target.model());
    List<Part> instructions = prompt.instructions();
    boolean plain = instructions.size() == 1 && instructions.getFirst() instanceof Part.Text;
    if (plain && instructions.getFirst() instanceof Part.Text text) {
      new ContentWriter(out, losses).mark(text.cache());
      out.member("instructions", text.text());
    }
    InputWriter input = new InputWriter(out.name("input").beginArray(), losses, names);
    if (!plain) {
      input.instructions(instructions);
    }
    input.turns(prompt.turns());
    out.endArray();
    ToolWriter tools = new ToolWriter(out, losses, names);
    tools.tools(prompt.tools());
    tools.choice(prompt.toolChoice());
    new OptionsWriter(out, losses).write(prompt, target.model());
    if (target.stream()) {
      out.member("stream", true);
    }
    out.endObject();
  }
}
