package dev.probity.gateway.translate.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.upstream.simulated.script.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is read and written again says the same, and loses nothing. */
class ChatRoundTripTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"be\"},"
            + "{\"role\":\"user\",\"content\":\"hi \\\"there\\\" \\u00e9 é\"},"
            + "{\"role\":\"assistant\",\"content\":\"yes\"},"
            + "{\"role\":\"system\",\"content\":\"now\"},{\"role\":\"user\",\"content\":\"go\"}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
            + "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":"
            + "{\"url\":\"data:image/png;base64,iVBO\",\"detail\":\"high\"}},"
            + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y\"}},"
            + "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklG\",\"format\":\"mp3\"}},"
            + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":"
            + "\"data:application/pdf;base64,JVBE\"}},{\"type\":\"file\",\"file\":"
            + "{\"file_id\":\"file-1\"}}]}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\","
            + "\"type\":\"function\",\"function\":{\"name\":\"w\",\"arguments\":"
            + "\"{\\\"x\\\": [1.50, \\\"\\\\u00e9 \\\\n\\\"]}\"}},{\"id\":\"c2\",\"type\":\"custom\","
            + "\"custom\":{\"name\":\"p\",\"input\":\"*** \\n\"}},{\"id\":\"c3\","
            + "\"type\":\"function\",\"function\":{\"name\":\"w\",\"arguments\":\"{oops\"}}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"one\"},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":[{\"type\":\"text\","
            + "\"text\":\"x\"},{\"type\":\"text\",\"text\":\"y\"}]},"
            + "{\"role\":\"tool\",\"tool_call_id\":\"c3\",\"content\":\"\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\",\"description\":\"d\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":true}},"
            + "{\"type\":\"custom\",\"custom\":{\"name\":\"p\",\"description\":\"q\",\"format\":"
            + "{\"type\":\"grammar\",\"grammar\":{\"syntax\":\"lark\",\"definition\":\"s\"}}}}],"
            + "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\","
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"w\"}},"
            + "{\"type\":\"custom\",\"custom\":{\"name\":\"p\"}}]}},\"parallel_tool_calls\":false}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},"
            + "{\"role\":\"assistant\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"no\"}]},"
            + "{\"role\":\"user\",\"content\":\"b\"}],\"response_format\":{\"type\":\"json_schema\","
            + "\"json_schema\":{\"name\":\"n\",\"description\":\"d\",\"schema\":"
            + "{\"type\":\"object\"},\"strict\":true}},\"reasoning_effort\":\"xhigh\","
            + "\"max_completion_tokens\":7,\"temperature\":0.5,\"top_p\":1,\"stop\":[\"a\",\"b\"],"
            + "\"seed\":3,\"presence_penalty\":0,\"frequency_penalty\":0.25,\"logprobs\":true,"
            + "\"top_logprobs\":2,\"logit_bias\":{\"50256\":-100},\"service_tier\":\"flex\","
            + "\"user\":\"u\",\"store\":true,\"metadata\":{\"k\":\"v\"},\"prompt_cache_key\":\"k\","
            + "\"verbosity\":\"low\",\"prediction\":{\"type\":\"content\",\"content\":\"p\"},"
            + "\"web_search_options\":{\"search_context_size\":\"low\"}}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],"
            + "\"reasoning_effort\":\"none\",\"tools\":[{\"type\":\"function\",\"function\":"
            + "{\"name\":\"w\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":"
            + "{\"name\":\"w\"}},\"response_format\":{\"type\":\"json_object\"}}"
      })
  void request_saysTheSameAgain(String body) throws Exception {
    Losses losses = new Losses();
    String again = Chat.encode(Chat.decode(body, losses), false, losses);
    assertThat(Trees.parse(again)).isEqualTo(Trees.parse(body));
    assertThat(losses.words()).isEmpty();
  }

  @Test
  void contents_areTheSameBytes() throws Exception {
    String content = "\\u00e9 é \\ud83d \\/ \\\" \\n 😀";
    String arguments = "{\\\"x\\\": 1.50, \\\"y\\\": \\\"\\\\u00e9 \\\\\\\" é\\\"}";
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + content
            + "\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
            + "\"function\":{\"name\":\"w\",\"arguments\":\""
            + arguments
            + "\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\""
            + content
            + "\"}]}";
    String again = Chat.encode(Chat.decode(body, new Losses()));
    assertThat(again)
        .contains("\"content\":\"" + content + "\"")
        .contains("\"arguments\":\"" + arguments + "\"");
    assertThat(again.split(java.util.regex.Pattern.quote(content), -1)).hasSize(3);
  }
}
