package dev.probity.gateway.call;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.neutral.Losses;
import dev.probity.gateway.neutral.RequestEncoder.Target;
import dev.probity.gateway.neutral.Untranslatable;
import dev.probity.gateway.routing.Candidate;
import dev.probity.gateway.translate.CallTranslation;
import dev.probity.gateway.translate.Translators;
import org.jspecify.annotations.Nullable;

/** Finds a call's way through each candidate, and what it takes to translate it. */
final class Passages {
  /**
   * Anthropic refuses longer answers unless they are streamed. So from here on they are, and
   * gathered for a client that wants a document.
   */
  private static final long LONG_ANSWER = 16_384;

  private final ModelCall call;
  private final boolean strict;
  private @Nullable CallTranslation translation;

  /**
   * @param strict nothing may be lost in translation
   */
  Passages(ModelCall call, boolean strict) {
    this.call = call;
    this.strict = strict;
  }

  /**
   * @throws Untranslatable if the call can't be made of this candidate
   */
  Passage through(Candidate candidate) throws Untranslatable {
    if (candidate.speaks(call.operation())) {
      return new SameDialect(call, candidate);
    }
    if (call.operation() == Operation.STREAM_GENERATE_CONTENT
        && !call.head().uri().contains("alt=sse")) {
      throw Untranslatable.request(
          "stream_format", "Ask for the stream as events: add '?alt=sse' to the path.");
    }
    boolean upstreamStreams = call.isStream() || mustStream(candidate.dialect());
    Operation sent =
        call.operation()
            .in(candidate.dialect(), upstreamStreams)
            .orElseThrow(() -> otherDialect(candidate));
    Losses losses = new Losses();
    JsonWriter out = new JsonWriter();
    CallTranslation translating = translation();
    try {
      translating.request(sent, new Target(candidate.model(), upstreamStreams), out, losses);
    } catch (MalformedJson e) {
      throw Untranslatable.request(
          "invalid_request", "The request is not what its format asks for: " + e.getMessage());
    }
    if (strict && !losses.isEmpty()) {
      throw Untranslatable.request(
          "translation_not_exact",
          "This model is served in the '"
              + candidate.dialect().text()
              + "' format, which can't say all of the request: "
              + String.join(", ", losses.words())
              + ". Leave that out, or allow it by leaving out 'x-probity-translation: strict'.");
    }
    return new OtherDialect(
        call,
        candidate,
        sent,
        translating,
        out.toBuffer(call.lane().allocator()),
        call.isStream(),
        losses.words());
  }

  private boolean mustStream(Dialect spoken) {
    return spoken == Dialect.MESSAGES
        && call.facts().maxTokens().orElse(Long.MAX_VALUE) > LONG_ANSWER;
  }

  private static Untranslatable otherDialect(Candidate candidate) {
    return Untranslatable.request(
        "other_dialect",
        "This can only be asked in the format of its provider ("
            + candidate.deployment().provider().text()
            + ").");
  }

  private CallTranslation translation() {
    CallTranslation made = translation;
    if (made == null) {
      made = Translators.of(call.asked());
      translation = made;
    }
    return made;
  }
}
