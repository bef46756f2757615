package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class JsonCursorTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private static final String SAMPLE =
      """
      { "a" : [1, -2.5e3, true, false, null, "x\\"y\\\\", {}, [], [ [ ] , {"b":"}]"} ] ],
        "esc\\u0061ped": "\\ud83d\\ude00 \\n / \\/ ü", "": {"deep": {"er": [{"est": 0}]}} }
      """;

  private static JsonCursor over(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return new JsonCursor(bytes, 0, bytes.length);
  }

  /** Writes what a cursor sees, going into everything. */
  private static void rewrite(JsonCursor json, JsonWriter out) throws MalformedJson {
    switch (json.kind()) {
      case OBJECT -> {
        out.beginObject();
        json.enterObject();
        while (json.nextMember()) {
          out.name(json.name());
          rewrite(json, out);
        }
        out.endObject();
      }
      case ARRAY -> {
        out.beginArray();
        json.enterArray();
        while (json.nextElement()) {
          rewrite(json, out);
        }
        out.endArray();
      }
      case STRING -> out.value(json.text());
      default -> out.value(json.raw());
    }
  }

  private static String rewritten(String json) throws MalformedJson {
    JsonWriter out = new JsonWriter();
    rewrite(over(json), out);
    return out.toString();
  }

  @Test
  void aWalk_seesEverything() throws Exception {
    assertThat(JACKSON.readTree(rewritten(SAMPLE))).isEqualTo(JACKSON.readTree(SAMPLE));
  }

  @Test
  void whatIsNotTaken_isPassedOver() throws Exception {
    JsonCursor json = over(SAMPLE);
    List<String> names = new ArrayList<>();
    json.enterObject();
    while (json.nextMember()) {
      names.add(json.name());
    }
    assertThat(names).containsExactly("a", "escaped", "");
  }

  @Test
  void raw_isTheValueAsWritten() throws Exception {
    JsonCursor json = over("[ {\"a\" : 1} , \"\\u0041\" , 1.50 ]");
    json.enterArray();
    assertThat(json.nextElement()).isTrue();
    assertThat(json.raw()).hasToString("{\"a\" : 1}");
    assertThat(json.nextElement()).isTrue();
    assertThat(json.raw()).hasToString("\"\\u0041\"");
    assertThat(json.nextElement()).isTrue();
    assertThat(json.raw()).hasToString("1.50");
    assertThat(json.nextElement()).isFalse();
  }

  @Test
  void theWrongKind_isSaidInWordsWithoutTheContent() {
    assertThatThrownBy(() -> over("\"secret\"").enterObject())
        .isInstanceOf(MalformedJson.class)
        .hasMessage("expected an object, found a string");
    assertThatThrownBy(() -> over("{\"a\":[1]}").text())
        .hasMessage("expected a string, found an object");
  }

  @Test
  void everyCutAndEveryFlippedByte_isMalformedAndNothingWorse() {
    byte[] good = SAMPLE.getBytes(UTF_8);
    for (int length = 0; length < good.length; length++) {
      walk(good, length);
    }
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      walk(bad, bad.length);
    }
  }

  private static void walk(byte[] bytes, int length) {
    try {
      rewrite(new JsonCursor(bytes, 0, length), new JsonWriter());
    } catch (MalformedJson expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
  }

  @Test
  void texts_keepTheirBytesAndTellWhatTheyMean() throws Exception {
    RawText text = over("\"a\\n\\u00fc\\ud83d\\ude00ü/\\/\"").text();
    assertThat(text).hasToString("a\\n\\u00fc\\ud83d\\ude00ü/\\/");
    assertThat(text.plain()).isEqualTo("a\nü😀ü//");
    assertThat(text.from(3).plain()).isEqualTo("ü😀ü//");
    assertThat(text.until(1).is("a")).isTrue();
    assertThat(RawText.of("a\n\"ü").quoted()).hasToString("\"a\\n\\\"ü\"");
    assertThat(text.copy()).isEqualTo(text);
    assertThat(RawText.EMPTY.isBlank()).isTrue();
    assertThat(RawText.of(" \n\t ").isBlank()).isTrue();
    assertThat(RawText.of("  x").isBlank()).isFalse();
    assertThat(RawText.of(" \nx").isBlank()).isFalse();
    assertThat(text.isBlank()).isFalse();
  }

  @Test
  void jsonInText_comesBackAsItWas() {
    RawJson json = RawJson.of("{\"q\":\"a \\\"b\\\" \\\\ \\n\",\"n\":[1,2]}");
    JsonWriter out = new JsonWriter();
    out.beginText().piece(json).endText();
    RawText within = out.toJson().text().orElseThrow();
    assertThat(RawJson.inside(within)).contains(json);
    assertThat(within).isEqualTo(json.asText());
    assertThat(RawJson.inside(RawText.of("{\"a\":"))).isEmpty();
  }

  @Test
  void aRandomTree_isWrittenAsJacksonReadsIt() throws Exception {
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      JsonNode tree = randomTree(random, 4);
      String json = JACKSON.writeValueAsString(tree);
      assertThat(JACKSON.readTree(rewritten(json))).isEqualTo(tree);
    }
  }

  private static JsonNode randomTree(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 6 : 4);
    return switch (kind) {
      case 0 -> JACKSON.getNodeFactory().numberNode(random.nextLong());
      case 1 -> JACKSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 2 -> JACKSON.getNodeFactory().nullNode();
      case 3 -> JACKSON.getNodeFactory().stringNode(randomText(random));
      case 4 -> {
        var array = JACKSON.createArrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(randomTree(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = JACKSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(randomText(random), randomTree(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String randomText(Random random) {
    String alphabet = "ab\"\\/\n\t\u0001ü€😀 {}[]:,";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
      text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  @Test
  void theWriter_putsTheCommas() {
    JsonWriter out = new JsonWriter();
    out.line("data: ").beginObject().member("a", 1).name("b").beginArray();
    out.value("x").value(true).nullValue().beginObject().endObject().endArray();
    out.name("c")
        .beginText()
        .piece("q\"")
        .piece(RawText.of("\n"))
        .endText()
        .endObject()
        .line("\n\n");
    out.line("data: ").beginObject().endObject().line("\n\n");
    assertThat(out)
        .hasToString(
            "data: {\"a\":1,\"b\":[\"x\",true,null,{}],\"c\":\"q\\\"\\n\"}\n\ndata: {}\n\n");
  }
}
