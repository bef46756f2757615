package dev.probity.gateway.upstream.simulated.rules;

import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.get;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.has;
import static dev.probity.gateway.upstream.simulated.rules.GoogleWords.only;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Google refuses of tools. */
final class GeminiToolRules {
  private static final Set<String> TOOL =
      Set.of(
          "codeExecution",
          "computerUse",
          "fileSearch",
          "functionDeclarations",
          "googleMaps",
          "googleSearch",
          "googleSearchRetrieval",
          "mcpServers",
          "urlContext");
  private static final Set<String> FUNCTION =
      Set.of(
          "behavior",
          "description",
          "name",
          "parameters",
          "parametersJsonSchema",
          "response",
          "responseJsonSchema");
  private static final Set<String> SCHEMA =
      Set.of(
          "anyOf",
          "default",
          "description",
          "enum",
          "example",
          "format",
          "items",
          "maxItems",
          "maxLength",
          "maxProperties",
          "maximum",
          "minItems",
          "minLength",
          "minProperties",
          "minimum",
          "nullable",
          "pattern",
          "properties",
          "propertyOrdering",
          "required",
          "title",
          "type");
  private static final Set<String> MODES = Set.of("AUTO", "ANY", "NONE", "VALIDATED");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]{0,127}");

  private GeminiToolRules() {}

  static boolean hasFunctions(JsonNode body) {
    for (JsonNode tool : get(body, "tools")) {
      if (!get(tool, "functionDeclarations").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  static void check(JsonNode body, boolean third) {
    int at = 0;
    boolean builtIn = false;
    for (JsonNode tool : get(body, "tools")) {
      String path = "tools[" + at + "]";
      only(tool, path, TOOL);
      int function = 0;
      for (JsonNode each : get(tool, "functionDeclarations")) {
        function(each, path + ".function_declarations[" + function + "]");
        function++;
      }
      builtIn |= tool.size() > (has(tool, "functionDeclarations") ? 1 : 0);
      at++;
    }
    JsonNode config = get(body, "toolConfig");
    config(config, hasFunctions(body));
    boolean told = get(config, "includeServerSideToolInvocations").asBoolean(false);
    if (builtIn && hasFunctions(body) && !(third && told)) {
      throw Rejection.invalid(
          third
              ? "Please enable tool_config.include_server_side_tool_invocations to use Built-in"
                  + " tools with Function calling."
              : "Tool use with function calling is unsupported");
    }
  }

  private static void function(JsonNode function, String path) {
    only(function, path, FUNCTION);
    if (!NAME.matcher(get(function, "name").asString("")).matches()) {
      throw GoogleWords.field(
          path + ".name",
          "Invalid function name. Must start with a letter or an underscore. Must be alphameric"
              + " (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a"
              + " maximum length of 128.");
    }
    if (has(function, "parameters") && has(function, "parametersJsonSchema")) {
      throw GoogleWords.field(path, "only one of parameters and parameters_json_schema may be set");
    }
    schema(get(function, "parameters"), path + ".parameters");
  }

  private static void schema(JsonNode schema, String path) {
    if (!schema.isObject()) {
      return;
    }
    only(schema, path, SCHEMA);
    int at = 0;
    for (JsonNode property : get(schema, "properties")) {
      schema(property, path + ".properties[" + at + "].value");
      at++;
    }
    schema(get(schema, "items"), path + ".items");
    for (JsonNode option : get(schema, "anyOf")) {
      schema(option, path + ".any_of[0]");
    }
  }

  private static void config(JsonNode config, boolean functions) {
    only(
        config,
        "tool_config",
        Set.of("functionCallingConfig", "retrievalConfig", "includeServerSideToolInvocations"));
    JsonNode calling = get(config, "functionCallingConfig");
    if (calling.isMissingNode()) {
      return;
    }
    only(calling, "tool_config.function_calling_config", Set.of("mode", "allowedFunctionNames"));
    JsonNode mode = get(calling, "mode");
    if (!mode.isMissingNode() && !MODES.contains(mode.asString(""))) {
      throw GoogleWords.value(
          "tool_config.function_calling_config.mode",
          "type.googleapis.com/google.ai.generativelanguage.v1beta.FunctionCallingConfig.Mode",
          mode);
    }
    if (mode.asString("").equals("ANY") && !functions) {
      throw Rejection.invalid("Function calling config is set without function_declarations.");
    }
    boolean names = !get(calling, "allowedFunctionNames").isEmpty();
    if (names && !Set.of("ANY", "VALIDATED").contains(mode.asString(""))) {
      throw Rejection.invalid(
          "Function calling mode must be ANY or VALIDATED when allowed_function_names is set.");
    }
  }
}
