package dev.probity.gateway.upstream.simulated.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaSampleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"string\"} | \"simulated\"",
        "{\"type\":\"STRING\",\"enum\":[\"x\",\"y\"]} | \"x\"",
        "{\"type\":\"string\",\"minLength\":12} | \"simulatedxxx\"",
        "{\"type\":\"string\",\"maxLength\":3} | \"sim\"",
        "{\"type\":\"integer\",\"minimum\":5} | 5",
        "{\"type\":\"integer\",\"maximum\":-2} | -2",
        "{\"type\":[\"null\",\"string\"]} | null",
        "{\"const\":7} | 7",
        "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"string\"}]} | true",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2} | [1,1]",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"}} | []",
        "{\"properties\":{\"a\":{\"$ref\":\"#/$defs/b\"}},\"$defs\":{\"b\":{\"const\":1}}} | {\"a\":1}",
        "{\"properties\":{\"a\":{},\"b\":{\"const\":1}},\"required\":[\"b\"]} | {\"b\":1}"
      })
  void sample_fitsItsSchema(String schema, String expected) {
    assertThat(SchemaSample.of(Trees.parse(schema))).isEqualTo(Trees.parse(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"properties\":{\"next\":{\"$ref\":\"#\"}}}",
        "{\"properties\":{\"next\":{\"$ref\":\"#/properties/next\"}}}"
      })
  void schemaThatHoldsItself_comesToAnEnd(String schema) {
    assertThat(SchemaSample.of(Trees.parse(schema)).toString()).hasSizeLessThan(1000);
  }
}
