package dev.probity.gateway.translate.matrix;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.Tool;
import dev.probity.gateway.neutral.Tool.Server.Kind;

/** The vendors' own tools as their clients write them. */
final class ServerTools {
  private ServerTools() {}

  /** As no dialect in particular: each pair begins with what its client would write. */
  static Tool of(Kind kind) {
    return in(Dialect.RESPONSES, kind);
  }

  static Tool in(Dialect dialect, Kind kind) {
    String type =
        switch (dialect) {
          case RESPONSES ->
              switch (kind) {
                case WEB_SEARCH -> "web_search";
                case CODE_EXECUTION -> "code_interpreter";
                default -> "file_search";
              };
          case MESSAGES ->
              kind == Kind.WEB_SEARCH ? "web_search_20250305" : "code_execution_20250825";
          case GEMINI ->
              switch (kind) {
                case WEB_SEARCH -> "googleSearch";
                case CODE_EXECUTION -> "codeExecution";
                default -> "fileSearch";
              };
          case CHAT -> "web_search_options";
        };
    String definition =
        switch (dialect) {
          case RESPONSES ->
              switch (kind) {
                case CODE_EXECUTION ->
                    "{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}";
                case FILE_SEARCH -> "{\"type\":\"file_search\",\"vector_store_ids\":[\"vs_1\"]}";
                default -> "{\"type\":\"web_search\"}";
              };
          case MESSAGES ->
              "{\"type\":\""
                  + type
                  + "\",\"name\":\""
                  + (kind == Kind.WEB_SEARCH ? "web_search" : "code_execution")
                  + "\"}";
          case GEMINI -> "{\"" + type + "\":{}}";
          case CHAT -> "{}";
        };
    return new Tool.Server(kind, dialect, type, RawJson.of(definition));
  }
}
