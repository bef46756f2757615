package dev.probity.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.door.ModelPaths.ModelPath;
import dev.probity.gateway.door.ModelPaths.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelPathsTest {
  private final ModelPaths paths =
      new ModelPaths(
          List.of(
              new ModelPath("/v1/messages", Operation.MESSAGE),
              new ModelPath("/v1beta/models/{model}:generateContent", Operation.GENERATE_CONTENT),
              new ModelPath(
                  "/v1beta/models/{model}:streamGenerateContent",
                  Operation.STREAM_GENERATE_CONTENT)),
          List.of("/anthropic", "/genai"));

  @Test
  void exactPath_isFound() {
    assertThat(paths.find("/v1/messages")).contains(new Target(Operation.MESSAGE, "", "POST"));
    assertThat(paths.find("/v1/messages/")).isEmpty();
  }

  @Test
  void modelInPath_isCutOut() {
    assertThat(paths.find("/v1beta/models/gemini-3.8-flash:streamGenerateContent"))
        .contains(new Target(Operation.STREAM_GENERATE_CONTENT, "gemini-3.8-flash", "POST"));
    assertThat(paths.find("/v1beta/models/a:b:generateContent"))
        .contains(new Target(Operation.GENERATE_CONTENT, "a:b", "POST"));
    assertThat(paths.find("/v1beta/models/:generateContent")).isEmpty();
    assertThat(paths.find("/v1beta/models/x:unknown")).isEmpty();
  }

  @Test
  void vendorPrefix_isOptional() {
    assertThat(paths.withoutPrefix("/anthropic/v1/messages")).isEqualTo("/v1/messages");
    assertThat(paths.withoutPrefix("/anthropicv1/messages")).isEqualTo("/anthropicv1/messages");
    assertThat(paths.withoutPrefix("/v1/messages")).isEqualTo("/v1/messages");
  }
}
