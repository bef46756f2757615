package dev.probity.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.RequestReaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Requests of one conversation have the same hash, whatever is added at its end. */
class PromptStartTest {
  private final RequestReaders readers = new RequestReaders(64);

  private OptionalLong hash(Operation operation, String json) {
    ByteBuf body = Unpooled.copiedBuffer("xx" + json, UTF_8).skipBytes(2);
    RequestFacts facts = (RequestFacts) readers.forOperation(operation).read(body);
    return facts.promptStart().hash(body);
  }

  @Test
  void conversationThatGrows_keepsItsHash() {
    String first =
        "{\"model\":\"m\",\"system\":\"be brief\",\"tools\":[{\"name\":\"a\"}],\"messages\":[{\"role\":\"user\",\"content\":\"a ] } \\\" , b\"}";
    OptionalLong one = hash(Operation.MESSAGE, first + "]}");
    assertThat(one).isPresent();
    assertThat(
            hash(
                Operation.MESSAGE,
                first + ",{\"role\":\"assistant\",\"content\":\"x\"}],\"stream\":true}"))
        .isEqualTo(one);
    assertThat(hash(Operation.MESSAGE, first.replace("brief", "short") + "]}")).isNotEqualTo(one);
    assertThat(hash(Operation.MESSAGE, first.replace(" , b", " , c") + "]}")).isNotEqualTo(one);
    assertThat(hash(Operation.MESSAGE, first.replace("\"a\"", "\"b\"") + "]}")).isNotEqualTo(one);
  }

  @Test
  void everyDialect_hasABeginning() {
    assertThat(
            hash(
                Operation.CHAT_COMPLETION,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
        .isPresent();
    assertThat(hash(Operation.RESPONSE, "{\"model\":\"m\",\"input\":\"hi\"}")).isPresent();
    assertThat(hash(Operation.GENERATE_CONTENT, "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}"))
        .isPresent();
    assertThat(hash(Operation.EMBEDDING, "{\"model\":\"m\",\"input\":\"hi\"}")).isEmpty();
  }

  @Test
  void ofALongPrompt_onlyTheBeginningCounts() {
    String head = "{\"model\":\"m\",\"input\":\"" + "x".repeat(3_000);
    assertThat(hash(Operation.RESPONSE, head + "a\"}"))
        .isEqualTo(hash(Operation.RESPONSE, head + "bcd\"}"));
  }

  @Test
  void previousResponse_isRead() {
    ByteBuf body =
        Unpooled.copiedBuffer(
            "{\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"input\":[]}", UTF_8);
    RequestFacts facts = (RequestFacts) readers.forOperation(Operation.RESPONSE).read(body);
    assertThat(facts.previousResponse()).isEqualTo(Optional.of("resp_1"));
  }
}
