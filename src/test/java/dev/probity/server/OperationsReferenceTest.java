package dev.probity.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Operation;
import dev.probity.gateway.door.ModelPaths.ModelPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/operations.md} lists what is served; {@code -Dwrite.docs} writes it. */
class OperationsReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/operations.md");

  private static final String INTRODUCTION =
      """
      # Operations

      Every path of model traffic. Below `/openai`, `/anthropic` and `/genai` all of them are served again. Written from the code.

      - **translated**: asked in the client's format, whatever the provider speaks.
      - **own format**: only for providers that speak this format; the client's bytes go on as they are.
      - **passed through**: likewise, and at the client's own path. The body may be JSON or a form; only its `model` is looked for. What names no
        model goes to the deployment that has it (files, batches and responses that were made through this process), to the one that the header
        `x-probity-deployment` names, or to the first in `probity.yaml` that can serve it.

      How it is metered: **tokens** as the provider counts them, or estimated where an answer broke off; **if told**: as the provider counts them,
      and where it does not, the exchange is on record as unpriced, never as free; **not charged**: on record, and free at every provider.

      `/v1/responses` is also served over a WebSocket (`GET` with an upgrade): one `response.create` message a request, each event of the answer a
      message. Responses that are remembered in memory (`responses: {state: memory}`) are shown and deleted here, not at a provider.

      Of Gemini's resumable uploads only the first request passes through; the address that Google answers with is Google's own.

      | path | methods | operation | format | how | metered |
      |---|---|---|---|---|---|
      """;

  @Test
  void page_listsWhatIsServed() throws IOException {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (ModelPath each : Routes.MODEL_PATHS) {
      page.append(row(each));
    }
    if (System.getProperty("write.docs") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  @Test
  void everyOperation_isServedSomewhere() {
    List<Operation> served = Routes.MODEL_PATHS.stream().map(ModelPath::operation).toList();
    assertThat(served).contains(Operation.values());
  }

  private static String row(ModelPath each) {
    Operation operation = each.operation();
    return "| `%s` | %s | `%s` | %s | %s | %s |\n"
        .formatted(
            each.path(),
            each.methods().replace(" ", ", "),
            operation.text(),
            operation.dialect().text(),
            how(operation),
            operation.isFree() ? "not charged" : operation.isPassThrough() ? "if told" : "tokens");
  }

  private static String how(Operation operation) {
    boolean translated =
        List.of(dev.probity.gateway.Dialect.values()).stream()
            .filter(other -> other != operation.dialect())
            .anyMatch(other -> operation.in(other, false).isPresent());
    if (operation.isPassThrough()) {
      return translated ? "passed through, or translated" : "passed through";
    }
    return translated ? "translated" : "own format";
  }
}
