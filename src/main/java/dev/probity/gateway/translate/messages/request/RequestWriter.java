package dev.probity.gateway.translate.messages.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.OutputFormat;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.messages.request.Conversation.Message;
import dev.probity.gateway.translate.messages.request.ThinkingPlan.Obstacles;
import java.util.ArrayList;
import java.util.List;

/** Writes a request such as Anthropic and the model in question take. */
public final class RequestWriter {
  private final Prompt prompt;
  private final Target target;
  private final JsonWriter out;
  private final Losses losses;
  private final ClaudeModel model;

  public RequestWriter(Prompt prompt, Target target, JsonWriter out, Losses losses) {
    this.prompt = prompt;
    this.target = target;
    this.out = out;
    this.losses = losses;
    this.model = ClaudeModel.of(target.model());
  }

  public void write() throws Untranslatable, MalformedJson {
    prompt.rest().keySet().forEach(name -> losses.add(Loss.UNKNOWN, name));
    KnobWriter knobs = new KnobWriter(prompt.knobs(), model, losses);
    ToolWriter tools = new ToolWriter(prompt, model, losses);
    List<Message> messages = Conversation.of(prompt, model.takesPrefill(), losses);
    long maxTokens = knobs.maxTokens();
    ThinkingPlan thinking =
        ThinkingPlan.of(
            prompt.reasoning(),
            model,
            maxTokens,
            new Obstacles(tools.forced(), isUnproven(messages)),
            losses);
    if (thinking.thinks() && model.takesPrefill() && !messages.getLast().isUser()) {
      // A model that thinks can't go on from words that it was given.
      messages = Conversation.of(prompt, false, losses);
    }
    CacheMarks marks = CacheMarks.of(prompt);
    out.beginObject().member("model", target.model()).member("max_tokens", maxTokens);
    if (target.stream()) {
      out.member("stream", true);
    }
    thinking.write(out);
    outputConfig(thinking);
    knobs.write(thinking.thinks(), out);
    tools.write(marks, out);
    BlockWriter blocks = new BlockWriter(out, marks, losses);
    List<Part> instructions = instructions();
    if (!instructions.isEmpty()) {
      blocks.system(instructions);
    }
    blocks.messages(messages);
    out.endObject();
  }

  private void outputConfig(ThinkingPlan thinking) throws MalformedJson {
    boolean schema = prompt.format() instanceof OutputFormat.Schema && model.takesSchemas();
    if (thinking.effort().isEmpty() && !schema) {
      return;
    }
    out.name("output_config").beginObject();
    thinking.effort().ifPresent(effort -> out.member("effort", effort));
    if (schema && prompt.format() instanceof OutputFormat.Schema format) {
      out.name("format").beginObject().member("type", "json_schema").name("schema");
      SchemaFit.write(format.schema(), out, losses);
      out.endObject();
    }
    out.endObject();
  }

  /** With the answer's format in words, where there is no other way to say it. */
  private List<Part> instructions() {
    List<Part> said = new ArrayList<>();
    for (Part part : prompt.instructions()) {
      if (!(part instanceof Part.Text text && text.text().isBlank())) {
        said.add(part);
      }
    }
    switch (prompt.format()) {
      case OutputFormat.Plain _ -> {}
      case OutputFormat.AnyJson _ -> {
        losses.add(Loss.FORMAT_BY_INSTRUCTION);
        said.add(text("Answer with one JSON object and nothing else."));
      }
      case OutputFormat.Schema format -> {
        if (!model.takesSchemas()) {
          losses.add(Loss.FORMAT_BY_INSTRUCTION);
          said.add(
              text(
                  "Answer with one JSON value that follows this JSON Schema, and nothing else: "
                      + format.schema()));
        }
      }
    }
    return said;
  }

  private static Part text(String words) {
    return Part.Text.of(RawText.of(words));
  }

  /**
   * Whether tools are being used, and the thoughts are missing that began it: since the user last
   * said something, the assistant's first message must begin with a thought.
   */
  private static boolean isUnproven(List<Message> messages) {
    int said = messages.size() - 1;
    while (said >= 0 && !(messages.get(said).isUser() && messages.get(said).results().isEmpty())) {
      said--;
    }
    if (said + 1 >= messages.size()) {
      return false;
    }
    List<Part> first = messages.get(said + 1).parts();
    return !first.isEmpty() && !Conversation.isOwn(first.getFirst());
  }
}
