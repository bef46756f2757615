package dev.probity.clients;

/** Codex over a WebSocket, as it does with OpenAI itself. */
class CodexSocketTest extends CodexTest {
  @Override
  String providerSettings() {
    return "supports_websockets = true\n";
  }
}
