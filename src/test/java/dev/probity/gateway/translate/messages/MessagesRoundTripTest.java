package dev.probity.gateway.translate.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.Prompt;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.upstream.simulated.script.Sight;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class MessagesRoundTripTest {
  private static final String REQUEST =
      """
      {"model":"claude","max_tokens":20000,"stop_sequences":["END"],
       "system":[{"type":"text","text":"You \\u00e9\\/ are."},
         {"type":"text","text":"More.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
       "thinking":{"type":"enabled","budget_tokens":4000},
       "metadata":{"user_id":"{\\"session_id\\":\\"s\\"}"},"service_tier":"standard_only",
       "tools":[{"name":"ls","description":"Lists \\ud83d\\ude00.","input_schema":
           {"type": "object", "properties":{"p":{"type":"string","minLength":1}}}},
         {"type":"web_search_20250305","name":"web_search","max_uses":3}],
       "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
       "messages":[
         {"role":"user","content":[
           {"type":"text","text":"a\\nb"},
           {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO\\/+=="}},
           {"type":"document","title":"T","source":
             {"type":"base64","media_type":"application/pdf","data":"JVBE"}},
           {"type":"document","source":{"type":"text","media_type":"text/plain","data":"x\\t"}}]},
         {"role":"assistant","content":[
           {"type":"thinking","thinking":"h\\u006d","signature":"SIGNATURE"},
           {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query": "q"}},
           {"type":"web_search_tool_result","tool_use_id":"s1","content":[]},
           {"type":"text","text":"so"},
           {"type":"tool_use","id":"toolu_1","name":"ls","input":{"p": "\\u0061"}},
           {"type":"tool_use","id":"toolu_2","name":"ls","input":{}}]},
         {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"toolu_1","content":[
             {"type":"text","text":"one"},{"type":"image","source":{"type":"url","url":"https://x"}}]},
           {"type":"tool_result","tool_use_id":"toolu_2","content":"no\\r","is_error":true,
            "cache_control":{"type":"ephemeral"}}]}]}
      """
          .replace("SIGNATURE", Sight.seal("anthropic", "hm"));

  @Test
  void aRequest_saysTheSameAfterwards_byteForByte() throws Exception {
    Losses losses = new Losses();
    Prompt prompt = Samples.prompt(REQUEST, losses);
    JsonNode sent = Samples.sent(prompt, "claude-sonnet-4-5", losses);
    assertThat(losses.words()).isEmpty();
    JsonNode given = Samples.tree(REQUEST);
    ((ObjectNode) given).put("model", "claude-sonnet-4-5");
    assertThat(sent.properties()).containsExactlyInAnyOrderElementsOf(given.properties());
  }

  @Test
  void contents_areCopiedAsTheyWereWritten() throws Exception {
    JsonWriter out = new JsonWriter();
    MessagesRequestEncoder.INSTANCE.encode(
        Samples.prompt(REQUEST), new Target("claude-sonnet-4-5", true), out, new Losses());
    assertThat(out.toString())
        .contains(
            "You \\u00e9\\/ are.",
            "Lists \\ud83d\\ude00.",
            "{\"type\": \"object\", \"properties\":{\"p\":{\"type\":\"string\",\"minLength\":1}}}",
            "iVBO\\/+==",
            "h\\u006d",
            "{\"p\": \"\\u0061\"}",
            "\"stream\":true");
  }
}
