package dev.probity.gateway.translate.gemini.request;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Loss;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Part;
import dev.probity.gateway.neutral.Prompt.Role;
import dev.probity.gateway.neutral.Prompt.Turn;
import dev.probity.gateway.neutral.Untranslatable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes turns as contents. Google wants user and model to take turns, and results in one content,
 * named as their calls.
 */
final class ContentsEncoder {
  private final JsonWriter out;
  private final Losses losses;
  private final ModelContent model;
  private final UserContent user;
  private final Map<String, Call> calls = new HashMap<>();

  /** A call that was made, by its id. */
  record Call(RawText name, int order) {}

  private record Content(boolean isModel, List<Part> parts) {}

  ContentsEncoder(GeminiModel model, JsonWriter out, Losses losses) {
    this.out = out;
    this.losses = losses;
    this.model = new ModelContent(model, out, losses);
    this.user = new UserContent(model, out, losses);
  }

  void turns(List<Turn> turns) throws Untranslatable {
    boolean any = false;
    for (Content content : merged(turns)) {
      any |= content.isModel ? model(content.parts) : user(content.parts);
    }
    if (!any) {
      throw Untranslatable.request(
          "empty_conversation", "The request says nothing to the model. Send a message with text.");
    }
  }

  private List<Content> merged(List<Turn> turns) {
    List<Content> contents = new ArrayList<>();
    for (Turn turn : turns) {
      boolean isModel = turn.role() == Role.ASSISTANT;
      if (turn.role() == Role.SYSTEM) {
        losses.add(Loss.SYSTEM_IN_CONVERSATION);
      }
      if (contents.isEmpty() || contents.getLast().isModel != isModel) {
        contents.add(new Content(isModel, new ArrayList<>(turn.parts().size())));
      }
      contents.getLast().parts.addAll(turn.parts());
    }
    return contents;
  }

  private boolean model(List<Part> parts) throws Untranslatable {
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        calls.put(call.id().plain(), new Call(call.name(), calls.size()));
      }
    }
    List<ModelContent.Signed> signed = model.sign(parts);
    if (signed.isEmpty()) {
      return false;
    }
    out.beginObject().member("role", "model").name("parts").beginArray();
    for (ModelContent.Signed part : signed) {
      model.write(part);
    }
    out.endArray().endObject();
    return true;
  }

  private boolean user(List<Part> parts) throws Untranslatable {
    List<Part.ToolResult> results = new ArrayList<>(0);
    List<Part> others = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        results.add(result);
      } else if (user.hasPlace(part)) {
        others.add(part);
      }
    }
    if (results.isEmpty() && others.isEmpty()) {
      return false;
    }
    for (Part.ToolResult result : results) {
      if (!calls.containsKey(result.id().plain())) {
        throw Untranslatable.request(
            "tool_result_without_call",
            "A tool's result answers no call before it. Send the message with the call, too.");
      }
    }
    results.sort(Comparator.comparingInt(result -> call(result).order));
    out.beginObject().member("role", "user").name("parts").beginArray();
    for (Part.ToolResult result : results) {
      user.result(result, call(result).name);
    }
    for (Part part : others) {
      user.part(part);
    }
    out.endArray().endObject();
    return true;
  }

  private Call call(Part.ToolResult result) {
    Call call = calls.get(result.id().plain());
    if (call == null) {
      throw new IllegalStateException("a result without its call was let through");
    }
    return call;
  }
}
