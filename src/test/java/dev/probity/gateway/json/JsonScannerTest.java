package dev.probity.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonScannerTest {
  private static final JsonPaths PATHS =
      JsonPaths.of(
          "model",
          "stream",
          "stream_options.include_usage",
          "usage.prompt_tokens",
          "choices[].delta.content",
          "details.ephemeral_5m_input_tokens",
          "details.ephemeral_1h_input_tokens");

  private final JsonScanner scanner = new JsonScanner(PATHS, 8);

  private boolean read(String document) {
    return read(document.getBytes(UTF_8));
  }

  private boolean read(byte[] document) {
    scanner.reset();
    return scanner.feed(document, 0, document.length) && scanner.finish();
  }

  private static int at(String path) {
    return PATHS.index(path);
  }

  @Test
  void watchedValues_areNoted() {
    String body =
        "{\"model\": \"gpt-\\u0035\\n\", \"stream\":true, \"usage\":{\"prompt_tokens\":12}}";
    assertThat(read(body)).isTrue();
    assertThat(scanner.text(at("model"))).isEqualTo("gpt-5\n");
    assertThat(body.substring((int) scanner.start(at("model")), (int) scanner.end(at("model"))))
        .isEqualTo("\"gpt-\\u0035\\n\"");
    assertThat(scanner.isTrue(at("stream"))).isTrue();
    assertThat(scanner.number(at("usage.prompt_tokens"))).isEqualTo(12);
    assertThat(scanner.kind(at("stream_options"))).isEqualTo(JsonKind.ABSENT);
    assertThat(scanner.isFilled(JsonPaths.ROOT)).isTrue();
    assertThat(scanner.start(JsonPaths.ROOT)).isZero();
    assertThat(scanner.end(JsonPaths.ROOT)).isEqualTo(body.length());
  }

  @Test
  void escapedName_isTheSameName() {
    assertThat(read("{\"mod\\u0065l\":\"a\",\"stream\":false}")).isTrue();
    assertThat(scanner.text(at("model"))).isEqualTo("a");
  }

  @Test
  void nameGivenTwice_isDuplicate() {
    read("{\"model\":\"a\",\"mod\\u0065l\":\"b\"}");
    assertThat(scanner.isDuplicate(at("model"))).isTrue();
    assertThat(scanner.count(at("model"))).isEqualTo(2);
    assertThat(scanner.text(at("model"))).isEqualTo("b");
  }

  @Test
  void sameNameInEachElement_isNoDuplicate() {
    read("{\"choices\":[{\"delta\":{\"content\":\"ab\"}},{\"delta\":{\"content\":\"cde\"}}]}");
    int content = at("choices[].delta.content");
    assertThat(scanner.isDuplicate(content)).isFalse();
    assertThat(scanner.textTotal(content)).isEqualTo(5);
    assertThat(scanner.length(content)).isEqualTo(3);
  }

  @Test
  void sameNameElsewhere_isNotWatched() {
    assertThat(read("{\"a\":{\"model\":\"x\"},\"b\":[{\"model\":\"y\"}]}")).isTrue();
    assertThat(scanner.count(at("model"))).isZero();
  }

  @Test
  void namesAlikeInLengthAndHeadAndTail_areToldApart() {
    read("{\"details\":{\"ephemeral_5m_input_tokens\":5,\"ephemeral_1h_input_tokens\":1}}");
    assertThat(scanner.number(at("details.ephemeral_5m_input_tokens"))).isEqualTo(5);
    assertThat(scanner.number(at("details.ephemeral_1h_input_tokens"))).isEqualTo(1);
  }

  @Test
  void hugeInteger_saturates() {
    read("{\"usage\":{\"prompt_tokens\":99999999999999999999999}}");
    assertThat(scanner.number(at("usage.prompt_tokens"))).isEqualTo(Long.MAX_VALUE);
    read("{\"usage\":{\"prompt_tokens\":-99999999999999999999999}}");
    assertThat(scanner.number(at("usage.prompt_tokens"))).isEqualTo(-Long.MAX_VALUE);
  }

  @Test
  void longText_isKeptToItsLimit_inWholeCharacters() {
    JsonPaths paths = JsonPaths.watch().text("t", 6).build();
    var narrow = new JsonScanner(paths, 4);
    byte[] body = "{\"t\":\"äöü\u20ac!\"}".getBytes(UTF_8);
    narrow.feed(body, 0, body.length);
    assertThat(narrow.text(paths.index("t"))).isEqualTo("äöü");
    assertThat(narrow.length(paths.index("t"))).isEqualTo(10);
    byte[] other = "{\"t\":\"abcd\u20ac!\"}".getBytes(UTF_8);
    narrow.reset();
    narrow.feed(other, 0, other.length);
    assertThat(narrow.text(paths.index("t"))).isEqualTo("abcd");
  }

  @Test
  void loneSurrogate_isReplaced_andPairsAreOneCharacter() {
    read("{\"model\":\"\\ud83d\\ude00 \\ud83d \\ude00\"}");
    assertThat(scanner.text(at("model"))).isEqualTo("\ud83d\ude00 \ufffd \ufffd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "tru",
        "nul",
        "truex",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "[1 2]",
        "{} {}",
        "1 1",
        "]",
        "{\"a\":1]",
        "[1}",
        "{,}",
        "[,1]",
        "{\"a\"}",
        "NaN",
        "'a'",
        "[\"a\",]",
        "\u00a01"
      })
  void malformed_isRefused(String document) {
    assertThat(read(document)).isFalse();
    assertThat(scanner.reason()).isNotEmpty();
    assertThat(scanner.problemOffset()).isBetween(0L, (long) document.getBytes(UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0e-10",
        " 12 ",
        "1E5",
        "true",
        "null ",
        "\"\"",
        "[]",
        "{}",
        "[[],{}]",
        "\"\\ud800\"",
        "{\"\":{\"\":\"\"}}",
        "\"\u007f\"",
        "\"\ud83d\ude00\""
      })
  void wellFormed_isAccepted(String document) {
    assertThat(read(document)).isTrue();
    assertThat(scanner.problemOffset()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c080",
        "c1bf",
        "e08080",
        "e09fbf",
        "eda080",
        "edbfbf",
        "f0808080",
        "f08fbfbf",
        "f4908080",
        "f5808080",
        "80",
        "bf",
        "c3",
        "e282",
        "f09f98",
        "c328",
        "e228a1",
        "f0288cbc",
        "ff",
        "fe"
      })
  void textThatIsNotUtf8_isRefused_howeverItIsCut(String hex) {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    byte[] document = new byte[bad.length + 4];
    document[0] = document[document.length - 1] = '"';
    document[1] = document[document.length - 2] = 'a';
    System.arraycopy(bad, 0, document, 2, bad.length);
    assertThat(read(document)).isFalse();
    assertThat(scanner.problem()).isEqualTo(JsonProblem.ENCODING);
    scanner.reset();
    boolean good = true;
    for (int i = 0; i < document.length; i++) {
      good &= scanner.feed(document, i, i + 1);
    }
    assertThat(good).isFalse();
    assertThat(scanner.problem()).isEqualTo(JsonProblem.ENCODING);
  }

  @Test
  void tooDeep_isRefused() {
    assertThat(read("[".repeat(8) + "]".repeat(8))).isTrue();
    assertThat(read("[".repeat(9) + "]".repeat(9))).isFalse();
    assertThat(scanner.problem()).isEqualTo(JsonProblem.DEPTH);
  }

  @Test
  void endBeforeTheEnd_isTruncated() {
    assertThat(read("{\"model\":\"a\"")).isFalse();
    assertThat(scanner.problem()).isEqualTo(JsonProblem.TRUNCATED);
    assertThat(scanner.problemOffset()).isEqualTo(12);
  }

  @Test
  void failure_tellsTheOffset() {
    read("{\"model\":oops}");
    assertThat(scanner.problemOffset()).isEqualTo(9);
    assertThat(scanner.reason()).isEqualTo("expected a value");
  }
}
