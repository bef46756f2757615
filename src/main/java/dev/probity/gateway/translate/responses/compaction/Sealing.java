package dev.probity.gateway.translate.responses.compaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.probity.gateway.json.RawText;
import java.util.Base64;
import java.util.Optional;

/**
 * Closes a summary up, so that clients carry it unread in {@code encrypted_content}, and opens it
 * when it comes back.
 */
public interface Sealing {
  /** How every summary of ours begins in {@code encrypted_content}; no vendor's own do. */
  String MARK = "pbtyc1.";

  /** Only wraps: what is inside was the client's own conversation anyway. */
  Sealing PLAIN =
      new Sealing() {
        @Override
        public String seal(String summary) {
          return Base64.getUrlEncoder().withoutPadding().encodeToString(summary.getBytes(UTF_8));
        }

        @Override
        public Optional<String> open(String sealed) {
          try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(sealed), UTF_8));
          } catch (IllegalArgumentException _) {
            return Optional.empty();
          }
        }
      };

  /** In characters that need no escapes in JSON. */
  String seal(String summary);

  /** What {@link #seal} was given; empty if this is none of its results. */
  Optional<String> open(String sealed);

  /** What stands in {@code encrypted_content}. */
  default String envelope(String summary) {
    return MARK + seal(summary);
  }

  /** The summary in somebody's {@code encrypted_content}; empty if it is not ours. */
  default Optional<RawText> summary(RawText encryptedContent) {
    return encryptedContent.startsWith(MARK)
        ? open(encryptedContent.from(MARK.length()).plain()).map(RawText::of)
        : Optional.empty();
  }
}
