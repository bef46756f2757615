package dev.probity.gateway;

import dev.probity.gateway.AnswerSample.Found;
import dev.probity.kernel.Usage;
import java.util.List;

/** Answers of responses. */
final class ResponsesSamples {
  private static final String USAGE =
      "\"usage\":{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":60,"
          + "\"cache_write_tokens\":10},\"output_tokens\":50,"
          + "\"output_tokens_details\":{\"reasoning_tokens\":20},\"total_tokens\":150}";
  private static final Usage COUNTED = new Usage(30, 60, 10, 0, 30, 20, 0);

  private ResponsesSamples() {}

  private static String event(String type, String rest) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + rest + "}\n\n";
  }

  static final String STREAM =
      event(
              "response.created",
              "\"response\":{\"id\":\"r\",\"status\":\"in_progress\",\"error\":null,"
                  + "\"service_tier\":\"auto\",\"usage\":null}")
          + event("response.in_progress", "\"response\":{\"id\":\"r\"}")
          + event("response.output_item.added", "\"item\":{\"type\":\"reasoning\",\"summary\":[]}")
          + event("response.reasoning_summary_text.delta", "\"delta\":\"thinking\"")
          + event("response.output_text.delta", "\"delta\":\"héy\\n\"")
          + event("response.output_text.done", "\"text\":\"héy\\n\"")
          + event(
              "response.output_item.added",
              "\"item\":{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"\"}")
          + event("response.function_call_arguments.delta", "\"delta\":\"{}\"")
          + event("response.function_call_arguments.done", "\"arguments\":\"{}\"")
          + event(
              "response.completed",
              "\"response\":{\"id\":\"r\",\"status\":\"completed\",\"error\":null,\"output\":"
                  + "[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"héy\"}]}],"
                  + "\"service_tier\":\"flex\","
                  + USAGE
                  + "}");

  static List<AnswerSample> all() {
    return List.of(
        stream(
            "responses stream", STREAM, new Found(COUNTED, true, true, 15, true, "", "flex"), 150),
        stream(
            "responses stream, arguments only whole, type only in the name",
            "event: response.function_call_arguments.done\ndata: {\"arguments\":\"{\\\"a\\\":1}\"}\n\n"
                + "event: response.incomplete\ndata: {\"response\":{"
                + USAGE
                + "}}\n\n",
            new Found(COUNTED, true, true, 7, true, "", ""),
            150),
        stream(
            "responses failed",
            event(
                "response.failed",
                "\"response\":{\"status\":\"failed\",\"usage\":null,"
                    + "\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"try again in 2s\"}}"),
            new Found(Usage.NONE, false, false, 0, true, "rate_limit_exceeded", ""),
            -1),
        stream(
            "responses error event",
            event("response.output_text.delta", "\"delta\":\"a\"")
                + event(
                    "error",
                    "\"code\":null,\"message\":\"m\","
                        + "\"error\":{\"type\":\"server_error\",\"code\":null}"),
            new Found(Usage.NONE, false, true, 1, false, "server_error", ""),
            -1),
        stream(
            "responses older error event",
            event("error", "\"code\":\"ERR_X\",\"message\":\"m\""),
            new Found(Usage.NONE, false, false, 0, false, "err_x", ""),
            -1),
        stream(
            "responses audio",
            event("response.output_audio.delta", "\"delta\":\"AAAA\""),
            new Found(Usage.NONE, false, true, 0, false, "", ""),
            -1),
        whole(
            "response",
            "{\"id\":\"r\",\"status\":\"completed\",\"error\":null,\"output\":["
                + "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"ab\"}]},"
                + "{\"type\":\"function_call\",\"arguments\":\"{}\"},"
                + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"cde\"}]}],"
                + "\"service_tier\":\"default\","
                + USAGE
                + "}",
            new Found(COUNTED, true, true, 7, true, "", "default"),
            150),
        whole(
            "response in the background",
            "{\"status\":\"queued\",\"output\":[],\"usage\":{\"total_tokens\":0}}",
            new Found(Usage.NONE, false, false, 0, true, "", ""),
            -1),
        whole(
            "response error",
            "{\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\",\"code\":429}}",
            new Found(Usage.NONE, false, false, 0, true, "insufficient_quota", ""),
            -1));
  }

  private static AnswerSample stream(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.RESPONSE, true, text, found, total);
  }

  private static AnswerSample whole(String name, String text, Found found, long total) {
    return new AnswerSample(name, Operation.RESPONSE, false, text, found, total);
  }
}
