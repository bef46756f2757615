package dev.probity.gateway.translate.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.neutral.AnswerDecoder;
import dev.probity.gateway.neutral.AnswerEvent;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.translate.Translators;
import dev.probity.kernel.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Damaged requests and answers, well-formed as JSON: whatever a decoder makes of them, it is an
 * answer in words or a translation that is JSON, never another exception.
 */
class FuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 60;
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e300",
          "99999999999999999999",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"type\":\"text\"}",
          "{\"type\":\"\"}",
          "{\"type\":5}",
          "\"\\ud800\"",
          "\"{\\\"a\\\":\"",
          "[{\"type\":\"tool_use\"}]",
          "\"data:;base64,\"");

  private final Random random = new Random(20261121);

  @Test
  void requests() throws Exception {
    for (Dialect client : Dialect.values()) {
      for (Asking asking : Asking.all()) {
        String body = encoded(asking, client);
        for (int round = 0; round < ROUNDS && !body.isEmpty(); round++) {
          request(client, damaged(body));
        }
      }
    }
  }

  private static String encoded(Asking asking, Dialect client) throws MalformedJson {
    JsonWriter out = new JsonWriter();
    try {
      Translators.requestEncoder(client)
          .encode(asking.prompt(), new Target("m", true), out, new Losses());
      return out.toString();
    } catch (Untranslatable _) {
      return "";
    }
  }

  private static void request(Dialect client, String body) {
    for (Dialect provider : Dialect.values()) {
      JsonWriter out = new JsonWriter();
      try {
        Prompt prompt =
            Translators.requestDecoder(Wire.operation(client, true))
                .decode(RawJson.of(body), new Losses());
        Translators.requestEncoder(provider)
            .encode(prompt, new Target("m", true), out, new Losses());
        byte[] written = out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(RawJson.check(written, 0, written.length)).as(body).isPresent();
      } catch (Untranslatable | MalformedJson e) {
        assertThat(e.getMessage()).as(body).isNotBlank();
      } catch (RuntimeException e) {
        fail(client + " to " + provider + ": " + body, e);
      }
    }
  }

  @Test
  void answers() throws Exception {
    for (Dialect provider : Dialect.values()) {
      for (Answering answering : Answering.all()) {
        for (boolean stream : new boolean[] {false, true}) {
          Wire.Bytes whole;
          try {
            whole =
                Wire.encode(
                    provider, stream, answering.by(provider), new Usage(1, 2, 0, 0, 3, 1, 0));
          } catch (Untranslatable _) {
            continue;
          }
          for (int round = 0; round < ROUNDS; round++) {
            answer(provider, stream, Wire.frames(whole));
          }
        }
      }
    }
  }

  private void answer(Dialect provider, boolean stream, List<Wire.Frame> frames) {
    List<Wire.Frame> bad = new ArrayList<>(frames);
    for (int i = 0; i <= random.nextInt(2) && !bad.isEmpty(); i++) {
      int at = random.nextInt(bad.size());
      switch (random.nextInt(4)) {
        case 0 -> bad.remove(at);
        case 1 -> bad.add(at, bad.get(random.nextInt(bad.size())));
        default -> bad.set(at, new Wire.Frame(bad.get(at).name(), damaged(bad.get(at).data())));
      }
    }
    for (Dialect client : Dialect.values()) {
      List<AnswerEvent> events = new ArrayList<>();
      AnswerDecoder decoder = Translators.answerDecoder(provider, stream);
      try {
        for (Wire.Frame frame : bad) {
          if (!frame.data().equals("[DONE]")) {
            decoder.event(frame.name(), RawJson.of(frame.data()), events::add);
          }
        }
        decoder.end(events::add);
        Wire.encode(client, true, events, Usage.NONE);
        Wire.encode(client, false, events, Usage.NONE);
      } catch (Untranslatable | MalformedJson e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (Exception e) {
        fail(provider + " to " + client + ": " + bad, e);
      }
    }
  }

  /** The same JSON with one thing in it replaced, taken out or doubled. */
  private String damaged(String json) {
    if (json.equals("[DONE]") || json.isEmpty()) {
      return json;
    }
    JsonNode root = JSON.readTree(json);
    List<JsonNode> inner = new ArrayList<>();
    collect(root, inner);
    if (inner.isEmpty()) {
      return json;
    }
    JsonNode odd = JSON.readTree(ODD.get(random.nextInt(ODD.size())));
    switch (inner.get(random.nextInt(inner.size()))) {
      case ObjectNode object -> {
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        if (random.nextInt(3) == 0) {
          object.remove(name);
        } else {
          object.set(name, odd);
        }
      }
      case ArrayNode array -> {
        int at = random.nextInt(array.size());
        switch (random.nextInt(3)) {
          case 0 -> array.remove(at);
          case 1 -> array.add(array.get(at));
          default -> array.set(at, odd);
        }
      }
      default -> throw new IllegalStateException();
    }
    return root.toString();
  }

  private static void collect(JsonNode node, List<JsonNode> into) {
    if (node.isContainer() && !node.isEmpty()) {
      into.add(node);
      node.forEach(child -> collect(child, into));
    }
  }
}
