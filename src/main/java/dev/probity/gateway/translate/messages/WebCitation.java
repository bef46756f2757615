package dev.probity.gateway.translate.messages;

import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.AnswerEvent.Citation;
import java.util.Optional;

/**
 * Another vendor's citation in the one shape of Anthropic's that fits: a result of a web search.
 */
record WebCitation(RawText url, RawText title, RawText quote) {
  /** Empty if it is of no page. Its texts are copied. */
  static Optional<WebCitation> of(Citation citation) {
    return citation
        .url()
        .map(url ->
            new WebCitation(
                url.copy(),
                citation.title().orElse(url).copy(),
                citation.quote().orElse(RawText.EMPTY).copy()));
  }

  void write(JsonWriter out) {
    out.beginObject()
        .member("type", "web_search_result_location")
        .member("url", url)
        .member("title", title)
        .member("cited_text", quote)
        // Anthropic's own index is opaque; this one says whose it is not.
        .member("encrypted_index", ProofPlace.UNSIGNED)
        .endObject();
  }
}
