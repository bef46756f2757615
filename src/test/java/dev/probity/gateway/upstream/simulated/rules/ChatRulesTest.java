package dev.probity.gateway.upstream.simulated.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRulesTest {
  private static final String USER = "{'role':'user','content':'a'}";
  private static final String CALL =
      "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function',"
          + "'function':{'name':'w','arguments':'{}'}}]}";
  private static final String RESULT = "{'role':'tool','tool_call_id':'c','content':'r'}";

  private static void check(String messages, String more) {
    String body = "{'model':'m','messages':[" + messages + "]" + more + "}";
    ChatRules.check(Trees.parse(body.replace('\'', '"')));
  }

  private static void refused(String parameter, String says, String messages, String more) {
    assertThatThrownBy(() -> check(messages, more))
        .isInstanceOfSatisfying(
            Rejection.class,
            rejection -> {
              assertThat(rejection.status()).isEqualTo(400);
              assertThat(rejection.parameter()).isEqualTo(parameter);
              assertThat(rejection.message()).contains(says);
            });
  }

  @Test
  void properRequests_pass() {
    assertThatCode(() ->
            check(
                USER + "," + CALL + "," + RESULT,
                ",'tools':[{'type':'function','function':{'name':'w'}}],"
                    + "'tool_choice':'auto','temperature':1,'max_tokens':5,'stop':null,"
                    + "'stream':true,'stream_options':{'include_usage':true}"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {",'top_k':5", ",'min_p':0.1", ",'reasoning':{'effort':'low'}"})
  void whatCompatibleServersTake_passes(String more) {
    assertThatCode(() ->
            check(
                USER + ",{'role':'assistant','content':'a','reasoning_content':'hm'}," + USER,
                more))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "thinking|Unknown parameter: 'thinking'.|,'thinking':{}",
        "temperature|expected a decimal|,'temperature':'hot'",
        "temperature|above maximum|,'temperature':3",
        "n|below minimum|,'n':0",
        "n|above maximum|,'n':129",
        "max_tokens|at the same time|,'max_tokens':1,'max_completion_tokens':1",
        "max_completion_tokens|expected an integer|,'max_completion_tokens':1.5",
        "stream|expected a boolean|,'stream':1",
        "stream_options|only allowed when 'stream'|,'stream_options':{'include_usage':true}",
        "stop|maximum length 4|,'stop':['a','b','c','d','e']",
        "metadata|only allowed when 'store'|,'metadata':{}",
        "reasoning_effort|Supported values|,'reasoning_effort':'lots'",
        "tool_choice|only allowed when 'tools'|,'tool_choice':'auto'",
        "tools|empty array|,'tools':[]",
        "tools[0].type|Missing required|,'tools':[{}]",
        "tools[0].name|Unknown parameter|,'tools':[{'type':'function','name':'w'}]",
        "tools[0].function.name|pattern|,'tools':[{'type':'function','function':{'name':'a.b'}}]",
        "response_format.json_schema.name|Missing|,'response_format':{'type':'json_schema','json_schema':{}}"
      })
  void members_areHeldAgainstTheRules(String parameter, String says, String more) {
    refused(parameter, says, USER, more);
  }

  @Test
  void conversations_areHeldAgainstTheRules() {
    refused("messages[1].role", "must be a response to a preceding", USER + "," + RESULT, "");
    refused("messages", "did not have response messages: c", USER + "," + CALL, "");
    refused("messages", "did not have response", CALL + "," + USER + "," + RESULT, "");
    refused(
        "messages[0].tool_calls[0].function.arguments",
        "expected a string",
        CALL.replace("'{}'", "{}"),
        "");
    refused(
        "messages[0].content[0].type",
        "'image_url'",
        "{'role':'system','content':[{'type':'image_url','image_url':{'url':'https://x'}}]}",
        "");
    refused(
        "messages[0].content[0].image_url.url",
        "valid URL",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'iVBO'}}]}",
        "");
    refused(
        "messages[0].cache_control",
        "Unknown parameter",
        "{'role':'user','content':'a','cache_control':{}}",
        "");
  }
}
