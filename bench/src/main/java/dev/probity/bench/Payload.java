package dev.probity.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one workload, made once: the request's body, and the answer both as the fake
 * provider writes it and as a client must see it.
 *
 * @param writes the answer as it goes over the wire, one element a write; headers in the first
 * @param stampInWrite for a paced stream: where in each write the sending time stands; else empty
 * @param answer the body a client must see, chunked framing removed
 * @param stampInAnswer where in it the sending times stand
 */
record Payload(
    byte[] request, List<byte[]> writes, int[] stampInWrite, byte[] answer, int[] stampInAnswer) {
  static final int STAMP_DIGITS = 16;
  static final int CHUNKS = 60;

  /**
   * What each answer costs: 212 tokens in, 128 of them from the cache, and 93 out, at the prices
   * that {@link Probity} is configured with.
   */
  static final long CHARGE_NANO_USD = 84 * 1_250 + 128 * 125 + 93 * 10_000;

  private static final String STAMP = "0".repeat(STAMP_DIGITS);
  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Date: Fri, 20 Nov 2026 12:00:00 GMT\r
      Content-Type: %s\r
      Connection: keep-alive\r
      openai-organization: bench\r
      openai-processing-ms: 312\r
      openai-version: 2020-10-01\r
      x-ratelimit-limit-requests: 10000\r
      x-ratelimit-limit-tokens: 2000000\r
      x-ratelimit-remaining-requests: 9999\r
      x-ratelimit-remaining-tokens: 1999712\r
      x-request-id: req_9f3b1c5d7e2a4b6c8d0e1f2a3b4c5d6e\r
      Strict-Transport-Security: max-age=31536000\r
      %s\r
      \r
      """;

  static Payload of(Workload workload) {
    byte[] request = request(workload);
    return workload.streams() ? stream(workload, request) : json(workload, request);
  }

  /** A buffer that every use shares and none frees. */
  static ByteBuf shared(byte[] bytes) {
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
  }

  private static byte[] request(Workload workload) {
    var body = new StringBuilder("{\"model\":\"").append(workload.model()).append("\",");
    if (workload.streams()) {
      body.append("\"stream\":true,\"stream_options\":{\"include_usage\":true},");
    }
    body.append("\"temperature\":0.7,\"max_tokens\":256,\"user\":\"bench\",\"messages\":[");
    body.append("{\"role\":\"system\",\"content\":\"You are a careful assistant.\"}");
    String end = "]}";
    String open = ",{\"role\":\"user\",\"content\":\"";
    // Like a conversation about code: turns of up to 2,000 bytes, every 17th an escape.
    String text =
        "Please read this:\\n\\n```java\\nString name = \\\"a b c\\\";\\n"
            + "return service.find(name).orElseThrow();\\n```\\n"
            + "and say what it does, in one sentence. ";
    while (body.length() < workload.requestBytes()) {
      body.append(open);
      int until = Math.min(body.length() + 2_000, workload.requestBytes() - end.length() - 2 - 100);
      while (body.length() < until) {
        body.append(text);
      }
      int missing = workload.requestBytes() - end.length() - 2 - body.length();
      if (missing < 200) {
        body.append("x".repeat(Math.max(0, missing))).append("\"}");
        break;
      }
      body.append("\"}");
    }
    return body.append(end).toString().getBytes(UTF_8);
  }

  private static Payload json(Workload workload, byte[] request) {
    String content = "This snippet declares a string that holds a tab. ".repeat(9).strip();
    String body =
        """
        {
          "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT",
          "object": "chat.completion",
          "created": 1795180800,
          "model": "%s",
          "choices": [
            {
              "index": 0,
              "message": {
                "role": "assistant",
                "content": "%s",
                "refusal": null,
                "annotations": []
              },
              "logprobs": null,
              "finish_reason": "stop"
            }
          ],
          "usage": {
            "prompt_tokens": 212,
            "completion_tokens": 93,
            "total_tokens": 305,
            "prompt_tokens_details": { "cached_tokens": 128, "audio_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": 20, "audio_tokens": 0 }
          },
          "service_tier": "default",
          "system_fingerprint": "fp_b28b39ffa8"
        }
        """
            .formatted(workload.model(), content);
    byte[] answer = body.getBytes(UTF_8);
    String head = HEAD.formatted("application/json", "Content-Length: " + answer.length);
    return new Payload(
        request, List.of((head + body).getBytes(UTF_8)), new int[0], answer, new int[0]);
  }

  private static Payload stream(Workload workload, byte[] request) {
    List<byte[]> writes = new ArrayList<>();
    List<Integer> inWrite = new ArrayList<>();
    List<Integer> inAnswer = new ArrayList<>();
    var answer = new ByteArrayOutputStream();
    String head = HEAD.formatted("text/event-stream; charset=utf-8", "Transfer-Encoding: chunked");
    for (int i = 0; i < CHUNKS; i++) {
      String event = event(workload.model(), "\"content\":\" w" + STAMP + "\"", "null", "null");
      String write = framed(event);
      if (i == 0) {
        write = head + write;
      }
      if (workload.paced()) {
        inWrite.add(write.indexOf(STAMP));
        inAnswer.add(answer.size() + event.indexOf(STAMP));
      }
      writes.add(write.getBytes(US_ASCII));
      answer.writeBytes(event.getBytes(US_ASCII));
    }
    String last =
        event(workload.model(), "", "\"stop\"", "null")
            + """
            data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk",\
            "created":1795180800,"model":"%s","system_fingerprint":"fp_b28b39ffa8",\
            "choices":[],"usage":{"prompt_tokens":212,"completion_tokens":93,"total_tokens":305,\
            "prompt_tokens_details":{"cached_tokens":128,"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":20,"audio_tokens":0}}}

            data: [DONE]

            """
                .formatted(workload.model());
    writes.add((framed(last) + "0\r\n\r\n").getBytes(US_ASCII));
    answer.writeBytes(last.getBytes(US_ASCII));
    return new Payload(request, writes, ints(inWrite), answer.toByteArray(), ints(inAnswer));
  }

  private static String event(String model, String delta, String finish, String usage) {
    return """
    data: {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk",\
    "created":1795180800,"model":"%s","system_fingerprint":"fp_b28b39ffa8",\
    "choices":[{"index":0,"delta":{%s},"logprobs":null,"finish_reason":%s}],"usage":%s}

    """
        .formatted(model, delta, finish, usage);
  }

  private static String framed(String event) {
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
