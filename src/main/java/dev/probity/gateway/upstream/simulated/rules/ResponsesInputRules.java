package dev.probity.gateway.upstream.simulated.rules;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses of a conversation: each item by itself, and what must go together. */
final class ResponsesInputRules {
  /** Whose seals on thoughts are taken. */
  private static final String VENDOR = "openai";

  private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer");
  private static final Set<String> STATUSES = Set.of("in_progress", "completed", "incomplete");

  /** The members of the items that clients make themselves. */
  private static final Map<String, Set<String>> MEMBERS =
      Map.of(
          "message", Set.of("type", "id", "role", "content", "status", "phase"),
          "function_call",
              Set.of(
                  "type",
                  "id",
                  "call_id",
                  "name",
                  "namespace",
                  "arguments",
                  "status",
                  "async",
                  "caller"),
          "function_call_output",
              Set.of("type", "id", "call_id", "output", "status", "name", "namespace", "caller"),
          "custom_tool_call",
              Set.of(
                  "type",
                  "id",
                  "call_id",
                  "name",
                  "namespace",
                  "input",
                  "status",
                  "async",
                  "caller"),
          "custom_tool_call_output",
              Set.of("type", "id", "call_id", "output", "status", "name", "caller"),
          "reasoning", Set.of("type", "id", "summary", "content", "encrypted_content", "status"));

  private static final Set<String> OTHERS =
      Set.of(
          "additional_tools",
          "apply_patch_call",
          "apply_patch_call_output",
          "code_interpreter_call",
          "compaction",
          "compaction_trigger",
          "computer_call",
          "computer_call_output",
          "configuration_update",
          "file_search_call",
          "image_generation_call",
          "item_reference",
          "local_shell_call",
          "local_shell_call_output",
          "mcp_approval_request",
          "mcp_approval_response",
          "mcp_call",
          "mcp_list_tools",
          "program",
          "program_output",
          "shell_call",
          "shell_call_output",
          "tool_search_call",
          "tool_search_output",
          "web_search_call");

  private ResponsesInputRules() {}

  static void check(JsonNode input) {
    if (!input.isArray()) {
      return;
    }
    Set<String> calls = new LinkedHashSet<>();
    Set<String> outputs = new HashSet<>();
    for (int i = 0; i < input.size(); i++) {
      Shape item = new Shape(input.path(i), "input[" + i + "].");
      if (!item.object().isObject()) {
        throw Shape.invalidType("input[" + i + "]", "an object", item.object());
      }
      String type = item.object().path("type").asString("message");
      Set<String> members = MEMBERS.get(type);
      if (members != null) {
        item.only(members);
      } else if (!OTHERS.contains(type)) {
        throw Shape.invalidValue(item.at() + "type", type, MEMBERS.keySet());
      }
      switch (type) {
        case "message" -> message(item);
        case "function_call" -> call(item, "arguments", calls);
        case "custom_tool_call" -> call(item, "input", calls);
        case "function_call_output", "custom_tool_call_output" -> output(item, calls, outputs);
        case "reasoning" -> reasoning(item, input.path(i + 1));
        default -> {}
      }
    }
    calls.removeAll(outputs);
    if (!calls.isEmpty()) {
      throw new Rejection(
          400,
          "",
          "input",
          "No tool output found for function call " + calls.iterator().next() + ".");
    }
  }

  private static void message(Shape item) {
    item.required("role");
    item.word("role", ROLES);
    item.word("status", STATUSES);
    JsonNode content = item.required("content");
    if (!content.isString()) {
      item.array("content");
    }
    boolean model = item.object().path("role").asString("").equals("assistant");
    ResponsesContentRules.check(content, item.at() + "content", model);
  }

  private static void call(Shape item, String given, Set<String> calls) {
    item.requiredText("name");
    item.requiredText(given);
    String id = item.requiredText("call_id");
    item.shortText("call_id", 64);
    item.word("status", STATUSES);
    calls.add(id);
  }

  private static void output(Shape item, Set<String> calls, Set<String> outputs) {
    JsonNode output = item.required("output");
    if (!output.isString() && !output.isArray()) {
      throw Shape.invalidType(item.at() + "output", "one of an array of objects or string", output);
    }
    ResponsesContentRules.check(output, item.at() + "output", false);
    if (!item.has("call_id")) {
      return;
    }
    String id = item.requiredText("call_id");
    if (!calls.contains(id)) {
      throw new Rejection(
          400, "", "input", "No tool call found for function call output with call_id " + id + ".");
    }
    outputs.add(id);
  }

  private static void reasoning(Shape item, JsonNode next) {
    item.required("summary");
    item.array("summary");
    for (JsonNode part : item.object().path("summary")) {
      Shape summary = new Shape(part, item.at() + "summary[0].");
      summary.only(Set.of("type", "text"));
      summary.word("type", Set.of("summary_text"));
      summary.requiredText("text");
    }
    String id = item.object().path("id").asString("");
    if (item.has("encrypted_content")
        && !Sight.isSealOf(VENDOR, item.object().path("encrypted_content").asString(""))) {
      throw new Rejection(
          400,
          "invalid_encrypted_content",
          "",
          "The encrypted content for item "
              + id
              + " could not be verified. Reason: Encrypted content could not be decrypted or"
              + " parsed.");
    }
    String type = next.path("type").asString("message");
    boolean follows =
        type.endsWith("_call")
            || type.equals("reasoning")
            || type.equals("message") && next.path("role").asString("").equals("assistant");
    if (!id.isEmpty() && !follows) {
      throw new Rejection(
          400,
          "",
          "input",
          "Item '"
              + id
              + "' of type 'reasoning' was provided without its required following item.");
    }
  }
}
