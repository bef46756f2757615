package dev.probity.gateway;

import dev.probity.gateway.AnswerSample.Found;
import dev.probity.kernel.Usage;
import java.util.List;

/** Answers of chat completions and what goes with them. */
final class ChatSamples {
  private static final String HEAD =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";

  private ChatSamples() {}

  static String chunk(String rest) {
    return "data: " + HEAD + rest + "}\n\n";
  }

  static String delta(String delta) {
    return chunk("\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]");
  }

  static final String USAGE =
      "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":60,\"cache_write_tokens\":10,"
          + "\"audio_tokens\":3},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":20,\"audio_tokens\":1}}";

  static final String STREAM =
      delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}")
          + ": keep-alive\n\n"
          + delta("{\"content\":\"Grü\\u00dfe \\ud83d\\ude00\"}")
          + delta("{\"content\":\" \\\"there\\\"\\n\"}")
          + chunk("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]")
          + chunk("\"choices\":[],\"service_tier\":\"priority\"," + USAGE)
          + "data: [DONE]\n\n";

  private static final Usage COUNTED = new Usage(30, 60, 10, 0, 30, 20, 0);

  static List<AnswerSample> all() {
    return List.of(
        stream(
            "chat stream", STREAM, new Found(COUNTED, true, true, 21, true, "", "priority"), 150),
        stream(
            "chat stream, CRLF, CR, mark, several data lines",
            "\ufeff"
                + STREAM
                    .replace("\"choices\":[],", "\ndata:\"choices\":\ndata\ndata: [],")
                    .replace(": keep-alive\n\n", ":x\rid: 7\revent:chunk\rretry: 5\r\r")
                    .replace("\n", "\r\n"),
            new Found(COUNTED, true, true, 21, true, "", "priority"),
            150),
        stream(
            "chat stream without usage",
            delta("{\"content\":\"abc\"}") + "data: [DONE]\n\n",
            new Found(Usage.NONE, false, true, 3, true, "", ""),
            -1),
        stream(
            "chat tool call, reasoning, last frame without its blank line",
            delta("{\"reasoning_content\":\"hm\"}")
                + delta(
                    "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}")
                + delta(
                    "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}")
                + chunk(
                        "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}],"
                            + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}")
                    .stripTrailing(),
            new Found(new Usage(7, 0, 0, 0, 3, 0, 0), true, true, 9, true, "", ""),
            10),
        stream(
            "chat error inside the stream",
            delta("{\"content\":\"abc\"}")
                + "data: {\"error\":{\"message\":\"x\",\"type\":\"server_error\",\"code\":null}}\n\n",
            new Found(Usage.NONE, false, true, 3, false, "server_error", ""),
            -1),
        stream(
            "chat stream that breaks off in a frame, after garbage",
            delta("{\"role\":\"assistant\"}")
                + "data: {oops\n\ndata: <html>\n\nfoo\n\n"
                + delta("{\"content\":\"abc\"}").substring(0, 110),
            new Found(Usage.NONE, false, false, 0, false, "", ""),
            -1),
        whole(
            "chat",
            "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"héllo\",\"tool_calls\":[{\"function\":{\"name\":\"f\","
                + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"stop\"}],"
                + "\"service_tier\":\"default\",\"error\":null,"
                + USAGE
                + "}\n",
            new Found(COUNTED, true, true, 8, true, "", "default"),
            150),
        whole(
            "chat, reasoning outside the completion",
            "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"ab\"}]}}],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":22,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":7}}}",
            new Found(new Usage(10, 0, 0, 0, 5, 7, 0), true, true, 2, true, "", ""),
            22),
        whole(
            "chat, more cached and more reasoned than there was",
            "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":12,\"cache_write_tokens\":4},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":9}}}",
            new Found(new Usage(0, 10, 0, 0, 0, 5, 0), true, false, 0, true, "", ""),
            15),
        whole(
            "chat, DeepSeek's cache",
            "{\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1,"
                + "\"prompt_cache_hit_tokens\":4,\"prompt_cache_miss_tokens\":6}}",
            new Found(new Usage(6, 4, 0, 0, 1, 0, 0), true, false, 0, true, "", ""),
            11),
        new AnswerSample(
            "completion",
            Operation.COMPLETION,
            false,
            "{\"choices\":[{\"text\":\"abc\",\"finish_reason\":\"length\"}],"
                + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,\"total_tokens\":12}}",
            new Found(new Usage(5, 0, 0, 0, 7, 0, 0), true, true, 3, true, "", ""),
            12),
        new AnswerSample(
            "embedding",
            Operation.EMBEDDING,
            false,
            "{\"object\":\"list\",\"data\":[{\"embedding\":[0.25,-1.5e-3,0],\"index\":0}],"
                + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}",
            new Found(new Usage(8, 0, 0, 0, 0, 0, 0), true, true, 0, true, "", ""),
            8),
        whole(
            "chat error",
            "{\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":null,"
                + "\"code\":\"Context Length/Exceeded\"}}",
            new Found(Usage.NONE, false, false, 0, true, "context_length_exceeded", ""),
            -1),
        whole(
            "chat, cut",
            "{\"choices\":[{\"message\":{\"content\":\"abc",
            new Found(Usage.NONE, false, true, 3, false, "", ""),
            -1),
        whole("no JSON", "<html>", new Found(Usage.NONE, false, false, 0, false, "", ""), -1));
  }

  private static AnswerSample stream(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.CHAT_COMPLETION, true, text, found, total);
  }

  private static AnswerSample whole(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.CHAT_COMPLETION, false, text, found, total);
  }
}
