package dev.probity.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonWriterTest {
  /** Models write arguments over several lines; an event of a stream ends at the first break. */
  @Test
  void values_ofOthers_areWrittenOnOneLine() {
    RawJson pretty = RawJson.of("{\r\n  \"a\": [\n1,\n2],\n  \"b\": \"x\\ny\"\n}");
    String event = new JsonWriter().line("data: ").value(pretty).toString();
    assertThat(event).doesNotContain("\n", "\r").contains("\"x\\ny\"").startsWith("data: {");
  }
}
