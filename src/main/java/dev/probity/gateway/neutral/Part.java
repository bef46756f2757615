package dev.probity.gateway.neutral;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import java.util.List;
import java.util.Optional;

/** A piece of what is said in a {@link Prompt}. */
public sealed interface Part {
  /** Where a prompt's prefix is marked to be cached by the provider. */
  enum CacheMark {
    NONE,
    FIVE_MINUTES,
    ONE_HOUR
  }

  /**
   * @param proof a provider may sign a text, too (Gemini)
   */
  record Text(RawText text, CacheMark cache, Optional<Proof> proof) implements Part {
    public static Text of(RawText text) {
      return new Text(text, CacheMark.NONE, Optional.empty());
    }
  }

  /** An image, a document, a sound, a film. */
  record Media(
      Kind kind,
      String mediaType,
      Source source,
      Optional<RawText> name,
      Optional<RawText> detail,
      CacheMark cache)
      implements Part {
    /** By {@link #mediaType} where the source does not say. */
    public enum Kind {
      IMAGE,
      DOCUMENT,
      AUDIO,
      VIDEO
    }
  }

  /** Where a medium's bytes are. */
  sealed interface Source {}

  /** In the request, as base64. */
  record Inline(RawText base64) implements Source {}

  /** In the request, as text (a plain text document). */
  record InlineText(RawText text) implements Source {}

  record Url(RawText url) implements Source {}

  /** A file that was uploaded to the vendor of {@code origin}'s dialect before. */
  record UploadedFile(Dialect origin, RawText id) implements Source {}

  /**
   * What the model thought.
   *
   * @param text the thought or its summary; empty where only its proof is known
   * @param proof what makes its own vendor accept it again
   */
  record Thought(RawText text, Optional<Proof> proof) implements Part {}

  /**
   * A model asks for a tool.
   *
   * @param id empty where the dialect has none (older Gemini)
   * @param input an object; a string if {@code freeform}; a string with the client's own text, too,
   *     where arguments came that are no JSON
   * @param freeform a custom tool, which takes plain text
   */
  record ToolCall(
      RawText id,
      RawText name,
      RawJson input,
      boolean freeform,
      Optional<Proof> proof,
      CacheMark cache)
      implements Part {}

  /**
   * What a tool gave.
   *
   * @param id of the call
   * @param name of the tool, where the dialect says it
   * @param structured the result as an object, where the dialect has one (Gemini); {@code content}
   *     is empty then
   */
  record ToolResult(
      RawText id,
      Optional<RawText> name,
      List<Part> content,
      Optional<RawJson> structured,
      boolean isError,
      boolean freeform,
      CacheMark cache)
      implements Part {}

  /** The model declined. */
  record Declined(RawText text) implements Part {}

  /**
   * A block that only its own dialect knows, such as a search that the provider ran by itself.
   *
   * @param type as its dialect calls it
   */
  record Foreign(Dialect origin, String type, RawJson block) implements Part {}
}
