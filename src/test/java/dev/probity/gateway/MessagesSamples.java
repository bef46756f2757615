package dev.probity.gateway;

import dev.probity.gateway.AnswerSample.Found;
import dev.probity.kernel.Usage;
import java.util.List;

/** Answers of messages. */
final class MessagesSamples {
  private MessagesSamples() {}

  private static String event(String type, String rest) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + rest + "}\n\n";
  }

  private static String start(String usage) {
    return event(
        "message_start",
        ",\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"content\":[],"
            + "\"usage\":"
            + usage
            + "}");
  }

  private static String text(String delta) {
    return event(
        "content_block_delta",
        ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + delta + "\"}");
  }

  private static final String STOP = event("message_stop", "");
  private static final String PING = event("ping", "");

  static final String STREAM =
      start(
              "{\"input_tokens\":11,\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":7,"
                  + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":20,\"ephemeral_1h_input_tokens\":10},"
                  + "\"output_tokens\":1,\"service_tier\":\"standard\"}")
          + event(
              "content_block_start",
              ",\"index\":0,\"content_block\":{\"type\":\"thinking\","
                  + "\"thinking\":\"\",\"signature\":\"\"}")
          + PING
          + event(
              "content_block_delta",
              ",\"index\":0,\"delta\":{\"type\":\"thinking_delta\","
                  + "\"thinking\":\"hm\\u2026\"}")
          + event(
              "content_block_delta",
              ",\"index\":0,\"delta\":{\"type\":\"signature_delta\"," + "\"signature\":\"c2ln\"}")
          + text("Grüße")
          + event(
              "content_block_start",
              ",\"index\":1,\"content_block\":{\"type\":\"tool_use\","
                  + "\"id\":\"t\",\"name\":\"f\",\"input\":{}}")
          + event(
              "content_block_delta",
              ",\"index\":1,\"delta\":{\"type\":\"input_json_delta\","
                  + "\"partial_json\":\"{\\\"a\\\":1}\"}")
          + event(
              "message_delta",
              ",\"delta\":{\"stop_reason\":\"tool_use\"},"
                  + "\"usage\":{\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":15}}")
          + STOP;

  static List<AnswerSample> all() {
    return List.of(
        stream(
            "messages stream",
            STREAM,
            new Found(new Usage(11, 7, 20, 10, 25, 15, 0), true, true, 19, true, "", "standard"),
            88),
        stream(
            "messages stream, the input only at the end, written for five minutes",
            start("{\"input_tokens\":0,\"output_tokens\":1}")
                + text("ab")
                + event(
                    "message_delta",
                    ",\"usage\":{\"input_tokens\":9,\"cache_read_input_tokens\":2,"
                        + "\"cache_creation_input_tokens\":3,\"output_tokens\":4}")
                + STOP,
            new Found(new Usage(9, 2, 3, 0, 4, 0, 0), true, true, 2, true, "", ""),
            18),
        stream(
            "messages stream that breaks off",
            start("{\"input_tokens\":10,\"output_tokens\":1}") + text("abc") + PING,
            new Found(new Usage(10, 0, 0, 0, 1, 0, 0), false, true, 3, false, "", ""),
            -1),
        stream(
            "messages stream of pings",
            start("{\"input_tokens\":10,\"output_tokens\":1}") + PING + PING,
            new Found(new Usage(10, 0, 0, 0, 1, 0, 0), false, false, 0, false, "", ""),
            -1),
        stream(
            "messages error event",
            start("{\"input_tokens\":10,\"output_tokens\":1}")
                + event(
                    "error",
                    ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}"),
            new Found(
                new Usage(10, 0, 0, 0, 1, 0, 0), false, false, 0, false, "overloaded_error", ""),
            -1),
        stream(
            "messages stream with a compaction, fast",
            start("{\"input_tokens\":5,\"output_tokens\":1,\"speed\":\"fast\"}")
                + event(
                    "message_delta",
                    ",\"usage\":{\"input_tokens\":5,\"output_tokens\":7,"
                        + "\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":100,\"output_tokens\":20,"
                        + "\"cache_creation_input_tokens\":4,\"cache_creation\":"
                        + "{\"ephemeral_5m_input_tokens\":1,\"ephemeral_1h_input_tokens\":3}},"
                        + "{\"type\":\"message\",\"input_tokens\":5,\"output_tokens\":7}]}")
                + STOP,
            new Found(new Usage(105, 0, 1, 3, 27, 0, 0), true, false, 0, true, "", "fast"),
            136),
        whole(
            "message",
            "{\"id\":\"m\",\"type\":\"message\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"ab\"},"
                + "{\"type\":\"text\",\"text\":\"cde\"},{\"type\":\"tool_use\",\"input\":{\"a\": 1}}],"
                + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":4,"
                + "\"cache_creation_input_tokens\":5,\"output_tokens\":6,\"service_tier\":\"batch\"}}",
            new Found(new Usage(3, 4, 5, 0, 6, 0, 0), true, true, 13, true, "", "batch"),
            18),
        whole(
            "message, parts of the cache alone, more thought than written",
            "{\"type\":\"message\",\"content\":[],\"usage\":{\"input_tokens\":3,\"cache_creation\":"
                + "{\"ephemeral_5m_input_tokens\":2,\"ephemeral_1h_input_tokens\":9},"
                + "\"output_tokens\":6,\"output_tokens_details\":{\"thinking_tokens\":8}}}",
            new Found(new Usage(3, 0, 2, 9, 0, 6, 0), true, false, 0, true, "", ""),
            20),
        whole(
            "message, more parts of the cache than there are",
            "{\"usage\":{\"input_tokens\":1,\"cache_creation_input_tokens\":10,\"cache_creation\":"
                + "{\"ephemeral_5m_input_tokens\":9,\"ephemeral_1h_input_tokens\":4},\"output_tokens\":1}}",
            new Found(new Usage(1, 0, 6, 4, 1, 0, 0), true, false, 0, true, "", ""),
            12),
        whole(
            "message error",
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\"}}",
            new Found(Usage.NONE, false, false, 0, true, "rate_limit_error", ""),
            -1),
        new AnswerSample(
            "count of a message's tokens",
            Operation.COUNT_MESSAGE_TOKENS,
            false,
            "{\"input_tokens\":14}",
            new Found(Usage.NONE, false, false, 0, true, "", ""),
            -1));
  }

  private static AnswerSample stream(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.MESSAGE, true, text, found, total);
  }

  private static AnswerSample whole(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.MESSAGE, false, text, found, total);
  }
}
