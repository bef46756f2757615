package dev.probity.gateway.upstream.simulated.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Sight;
import dev.probity.gateway.upstream.simulated.script.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesRulesTest {
  private static final String CALL =
      "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}";
  private static final String OUTPUT = "{'type':'function_call_output','call_id':'c','output':'x'}";

  private static void check(String json) {
    ResponsesRules.check(Trees.parse(json.replace('\'', '"')));
  }

  @Test
  void wholeConversation_isTaken() {
    String seal = Sight.seal("openai", "hm");
    assertThatCode(() ->
            check(
                """
                {'model':'m','stream':true,'store':false,'max_output_tokens':16,
                 'include':['reasoning.encrypted_content'],'reasoning':{'effort':'low'},
                 'text':{'format':{'type':'json_object'},'verbosity':'low'},
                 'tool_choice':{'type':'function','name':'f'},'tools':[
                  {'type':'function','name':'f','strict':true,'parameters':{'type':'object',
                   'properties':{'a':{'type':'string'}},'required':['a'],
                   'additionalProperties':false}},
                  {'type':'custom','name':'c','format':
                   {'type':'grammar','syntax':'lark','definition':'x'}},
                  {'type':'web_search'},{'type':'namespace','name':'n','tools':[]}],
                 'input':[{'role':'user','content':[{'type':'input_text','text':'a'},
                   {'type':'input_image','image_url':'data:image/png;base64,AA'},
                   {'type':'input_file','filename':'a.pdf','file_data':'AA'}]},
                  {'type':'reasoning','id':'rs','summary':[],'encrypted_content':'%s'},
                  %s,%s,{'role':'assistant','content':[{'type':'output_text','text':'b'}]}]}
                """
                    .formatted(seal, CALL, OUTPUT)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'stop':['x'] | stop | Unknown parameter",
        "'temperature':3 | temperature | above maximum",
        "'max_output_tokens':1 | max_output_tokens | below minimum",
        "'max_output_tokens':'many' | max_output_tokens | expected an integer, but got a string",
        "'reasoning':{'effort':'big'} | reasoning.effort | Invalid value: 'big'",
        "'reasoning':{'budget':1} | reasoning.budget | Unknown parameter",
        "'text':{'format':{'type':'json_schema','schema':{}}} | text.format.name | Missing",
        "'include':['everything'] | include[0] | Invalid value",
        "'metadata':{'a':1} | metadata.a | expected a string",
        "'safety_identifier':'12345678901234567890123456789012345678901234567890123456789012345' | safety_identifier | too long",
        "'tools':[{'type':'function','function':{}}] | tools[0].name | Missing",
        "'tools':[{'type':'function','name':'a b'}] | tools[0].name | pattern",
        "'tools':[{'type':'function','name':'f','cache_control':{}}] | tools[0].cache_control | Unknown parameter",
        "'tools':[{'type':'function','name':'f','strict':true,'parameters':{'type':'object'}}] | tools[0].parameters | additionalProperties",
        "'tools':[{'type':'bash_20250124'}] | tools[0].type | Invalid value",
        "'tool_choice':{'type':'function','name':'g'} | tool_choice | not found",
        "'tool_choice':'any' | tool_choice | Invalid value"
      })
  void membersThatOpenAiRefuses(String member, String param, String message) {
    assertRefused("{'model':'m','input':'x'," + member + "}", param, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'tool','content':'x'} | input[0].role | Invalid value: 'tool'",
        "{'role':'user'} | input[0].content | Missing",
        "{'role':'user','content':[{'type':'text','text':'x'}]} | input[0].content[0] | Supported values",
        "{'role':'user','content':[{'type':'input_text','text':'x','cache_control':{}}]} | input[0].content[0].cache_control | Unknown",
        "{'role':'assistant','content':[{'type':'input_text','text':'x'}]} | input[0].content[0] | 'output_text', and 'refusal'",
        "{'role':'user','content':[{'type':'input_image','image_url':'data:image/tiff;base64,AA'}]} | input[0].content[0].image_url | valid URL",
        "{'role':'user','content':[{'type':'input_file','file_data':'AA'}]} | input[0].content[0].filename | Missing",
        "{'type':'thinking','text':'x'} | input[0].type | Invalid value",
        "{'type':'function_call','call_id':'c','name':'f','arguments':{}} | input[0].arguments | expected a string, but got an object",
        "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'} | input | No tool output found for function call c",
        "{'type':'function_call_output','call_id':'c','output':'x'} | input | No tool call found for function call output with call_id c",
        "{'type':'reasoning','id':'rs_1','summary':[]} | input | required following item",
        "{'type':'reasoning','summary':[],'encrypted_content':'pbty1.messages.s..AA'} | `` | could not be verified"
      })
  void itemsThatOpenAiRefuses(String item, String param, String message) {
    assertRefused("{'model':'m','input':[" + item + "]}", param, message);
  }

  private static void assertRefused(String body, String param, String message) {
    assertThatThrownBy(() -> check(body))
        .isInstanceOfSatisfying(
            Rejection.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.parameter()).isEqualTo(param);
              assertThat(refused.message()).contains(message);
            });
  }
}
