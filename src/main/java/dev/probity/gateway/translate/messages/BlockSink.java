package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;

/** Writes an answer's blocks, which come one after the other: begun, its pieces, ended. */
interface BlockSink {
  void beginText(JsonWriter out);

  void beginThinking(JsonWriter out);

  void beginCall(RawText id, RawText name, JsonWriter out);

  /** A piece of the text, the thought or the call's input. */
  void piece(RawText piece, JsonWriter out);

  /** Of a text, from the web. */
  void citation(WebCitation citation, JsonWriter out);

  /** Ends a text or a call. */
  void end(JsonWriter out) throws Untranslatable;

  /** Ends a thought. */
  void endThinking(RawText signature, JsonWriter out);

  /** A whole block that stands for a thought that may not be seen. */
  void hiddenThought(RawText data, JsonWriter out);
}
