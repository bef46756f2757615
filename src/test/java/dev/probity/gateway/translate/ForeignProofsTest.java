package dev.probity.gateway.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Proof;
import dev.probity.gateway.neutral.ProofEnvelope;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class ForeignProofsTest {
  private static final String GOOGLES = envelope(Dialect.GEMINI, "Cs4", "");

  private static String envelope(Dialect origin, String value, String id) {
    return ProofEnvelope.wrap(
            new Proof(origin, Proof.Kind.SIGNATURE, RawText.of(value), RawText.of(id)))
        .plain();
  }

  private static String without(Dialect dialect, String body) {
    return ForeignProofs.without(dialect, RawJson.of(body)).toString();
  }

  @Test
  void mark_isFoundWhereverItIs() {
    byte[] body = ("x".repeat(40_000) + "pbty" + "y".repeat(40_000)).getBytes(UTF_8);
    assertThat(ForeignProofs.isIn(Unpooled.wrappedBuffer(body))).isFalse();
    assertThat(ForeignProofs.isIn(Unpooled.directBuffer().writeBytes(body))).isFalse();
    for (int at : new int[] {0, 16_381, 16_384, 32_765, body.length - 6}) {
      byte[] marked = body.clone();
      System.arraycopy("pbty1.".getBytes(UTF_8), 0, marked, at, 6);
      assertThat(ForeignProofs.isIn(Unpooled.wrappedBuffer(marked))).as("at " + at).isTrue();
      assertThat(ForeignProofs.isIn(Unpooled.directBuffer().writeBytes(marked)))
          .as("direct, at " + at)
          .isTrue();
    }
    assertThat(ForeignProofs.isIn(Unpooled.EMPTY_BUFFER)).isFalse();
  }

  @Test
  void messages_loseOthersThoughts_andNoOtherByte() {
    String thought = "{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"" + GOOGLES + "\"}";
    String hidden = "{\"data\":\"" + GOOGLES + "\",\"type\":\"redacted_thinking\"}";
    String own = "{\"type\":\"thinking\",\"thinking\":\"b\" ,\"signature\":\"EqQB\"}";
    String text = "{\"type\":\"text\",\"text\":\"pbty1.chat is \\u0070lain text\"";
    String cited = ",\"citations\":[{\"encrypted_index\":\"" + GOOGLES + "\"}]";
    String begin = "{\"model\":\"m\", \"messages\":[ {\"role\":\"assistant\",\"content\":[\n";
    String end = "]},\n {\"role\":\"user\",\"content\":\"go\"}] }";
    assertThat(
            without(
                Dialect.MESSAGES,
                begin
                    + thought
                    + " ,"
                    + hidden
                    + ","
                    + own
                    + ", "
                    + text
                    + cited
                    + "}\t,"
                    + thought
                    + "]}, {\"role\":\"assistant\",\"content\":["
                    + hidden
                    + end))
        .isEqualTo(begin + own + ", " + text + "}\t" + end);
  }

  @Test
  void messages_getTheirOwnThoughtsBack() {
    String own = envelope(Dialect.MESSAGES, "EqQB+/==", "");
    assertThat(
            without(
                Dialect.MESSAGES,
                "{\"messages\":[{\"content\":[{\"type\":\"thinking\",\"signature\": \"%s\"}]}]}"
                    .formatted(own)))
        .isEqualTo(
            "{\"messages\":[{\"content\":[{\"type\":\"thinking\",\"signature\": \"EqQB+/==\"}]}]}");
  }

  @Test
  void whatHasNone_isTheSame() {
    for (String body :
        new String[] {
          "{}", "{\"messages\":3}", "{\"messages\":[1,{\"content\":[2]}]}", "{\"contents\":[[]]}"
        }) {
      for (Dialect dialect : Dialect.values()) {
        RawJson json = RawJson.of(body);
        assertThat(ForeignProofs.without(dialect, json)).isSameAs(json);
      }
    }
  }

  @Test
  void responses_loseOthersReasoning_andGetTheirOwnWithItsId() {
    assertThat(
            without(
                Dialect.RESPONSES,
                """
                {"input":[{"type":"reasoning","id":"rs_x","encrypted_content":"%s"},
                 {"type":"reasoning","encrypted_content":"%s","id":"rs_y","summary":[]},
                 {"type":"message","content":"x"}]}\
                """
                    .formatted(GOOGLES, envelope(Dialect.RESPONSES, "gAAA", "rs_1"))))
        .isEqualTo(
            """
            {"input":[
             {"type":"reasoning","encrypted_content":"gAAA","id":"rs_1","summary":[]},
             {"type":"message","content":"x"}]}\
            """);
  }

  @Test
  void gemini_losesOthersSignatures_butCallsMustHaveOne() {
    String others = envelope(Dialect.RESPONSES, "gAAA", "rs_1");
    assertThat(
            without(
                Dialect.GEMINI,
                """
                {"contents":[{"parts":[{"thought":true,"text":"hm","thoughtSignature":"%1$s"},
                 {"text":"a", "thoughtSignature" : "%1$s"},{"thoughtSignature":"%1$s","text":"b"},
                 {"functionCall":{"name":"f"},"thoughtSignature":"%1$s"},{"text":"c"}]},
                 {"parts":[{"text":"","thoughtSignature":"%1$s"}]}]}\
                """
                    .formatted(others)))
        .isEqualTo(
            """
            {"contents":[{"parts":[
             {"text":"a"},{"text":"b"},
             {"functionCall":{"name":"f"},"thoughtSignature":"skip_thought_signature_validator"},{"text":"c"}]}]}\
            """);
  }

  @Test
  void chat_losesOthersDetails() {
    assertThat(
            without(
                Dialect.CHAT,
                """
                {"messages":[{"role":"assistant","content":"x","reasoning_details":[
                  {"type":"reasoning.text","signature":"%1$s"}],
                  "tool_calls":[{"id":"1","extra_content":{"google":{"thought_signature":"%1$s"}}}]},
                 {"reasoning_details":[{"data":"%1$s"},{"data":"own"},{"data":"%1$s"}]}]}\
                """
                    .formatted(GOOGLES)))
        .isEqualTo(
            """
            {"messages":[{"role":"assistant","content":"x",
              "tool_calls":[{"id":"1","extra_content":{"google":{}}}]},
             {"reasoning_details":[{"data":"own"}]}]}\
            """);
  }
}
