package dev.probity.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
  private final SafeText safe = new SafeText("0123456789abcdef".getBytes(US_ASCII));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gpt-4o-2024-08-06",
        "claude-3-5-sonnet-20241022-v1:0",
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "ft:gpt-4o-mini-2024-07-18:my-org::AbC123Xy",
        "accounts/fireworks/models/llama-v3p1-405b-instruct-long",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8",
        "Qwen/Qwen3-235B-A22B-Instruct-2507-FP8+thinking",
        "simulated",
        "text-embedding-3-large",
        "disk-model"
      })
  void modelName_isKept(String name) {
    assertThat(safe.modelName(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "my secret plan",
        "modèle",
        "model\n",
        "4111111111111111",
        "x-4111-1111-1111-1111",
        "sk-proj-abc",
        "openai/sk-abc",
        "PK-live-1",
        "AIzaSyA1234",
        "ghp_abcdefghij",
        "eyJhbGciOiJI",
        "AKIAIOSFODNN7EXAMPLE",
        "0123456789abcdef0123456789abcdef",
        "dGhpc1zA-9fK2b_Qx7Lm0Pz4Rt8Vw1Yc6Ne3Ua",
        "<script>"
      })
  void textThatIsNoModelName_isHashed(String text) {
    assertThat(safe.modelName(text)).matches("h_[0-9a-f]{16}");
    assertThat(safe.modelName(text)).isEqualTo(safe.modelName(text));
  }

  @Test
  void longModelName_isHashed() {
    assertThat(safe.modelName("ab-".repeat(43))).startsWith("h_");
  }

  @Test
  void sessionId_isKept_onlyIfItIsAUuid() {
    String uuid = "0198d1f0-7c1b-7e3a-9f00-1234567890ab";
    assertThat(safe.sessionId(uuid)).isEqualTo(uuid);
    assertThat(safe.sessionId("")).isEmpty();
    assertThat(safe.sessionId("ada's session")).matches("h_[0-9a-f]{16}");
    assertThat(safe.sessionId(uuid + "0")).matches("h_[0-9a-f]{16}");
  }

  @Test
  void requestId_isKept_unlessItIsOddOrACredential() {
    assertThat(safe.requestId("req_011CSHoEeqs5C35K2UUqR7Fy"))
        .isEqualTo("req_011CSHoEeqs5C35K2UUqR7Fy");
    assertThat(safe.requestId("req_0123456789abcdef0123456789abcdef"))
        .isEqualTo("req_0123456789abcdef0123456789abcdef");
    assertThat(safe.requestId("sk-abc")).startsWith("h_");
    assertThat(safe.requestId("a b")).startsWith("h_");
  }

  @Test
  void hash_dependsOnTheKey_andIsTheSameForAllThreads() {
    String text = "ada@example.com";
    var other = new SafeText("fedcba9876543210".getBytes(US_ASCII));
    assertThat(other.sessionId(text)).isNotEqualTo(safe.sessionId(text));
    assertThat(IntStream.range(0, 1000).parallel().mapToObj(i -> safe.sessionId(text)).distinct())
        .containsExactly(safe.sessionId(text));
  }

  @Test
  void shortKey_isRefused() {
    assertThatThrownBy(() -> new SafeText(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bash",
        "mcp__github__create_issue",
        "platform-team",
        "probity/probity",
        "feature/add-login",
        "fa99ec3d-33ce-47d5-a2bc-a753e55d48bd",
        "01234567-8901-2345-a789-012345678901",
        "req_011CSHoEeqs5C35K2UUqR7Fy",
        "run_shell_command-1795205751196-0",
        "toolu_01A09q90qw90lq917835lq9",
        "claude-opus-4-8[1m]",
        "/root/sub-agent"
      })
  void identifier_isKept(String text) {
    assertThat(safe.identifier(text)).isEqualTo(text);
    assertThat(safe.passingId(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "my secret plan",
        "4929123412341234",
        "card-4929-1234-1234-1234",
        "sk-proj-abc",
        "note_sk-ant-abcdef",
        "ghp_abcdefghij",
        "name\n",
        "<script>"
      })
  void textThatIsNoIdentifier_isHashed(String text) {
    assertThat(safe.identifier(text)).matches("h_[0-9a-f]{16}").isEqualTo(safe.passingId(text));
  }
}
