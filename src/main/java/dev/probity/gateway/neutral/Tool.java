package dev.probity.gateway.neutral;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Part.CacheMark;
import java.util.Map;
import java.util.Optional;

/** What a model may use. */
public sealed interface Tool {
  /**
   * A function of the client's.
   *
   * @param schema of its input, JSON Schema as its source wrote it; empty if it takes nothing
   * @param strict whether the input must follow the schema exactly; empty if not said
   * @param rest members that no other dialect knows, by name
   */
  record Function(
      RawText name,
      Optional<RawText> description,
      Optional<RawJson> schema,
      Optional<Boolean> strict,
      CacheMark cache,
      Map<String, RawJson> rest)
      implements Tool {}

  /**
   * A tool of the client's that takes plain text (responses, chat).
   *
   * @param format a grammar, as responses write it: {@code {"type":"grammar","syntax":…,
   *     "definition":…}}
   * @param rest members that no other dialect knows, by name
   */
  record Custom(
      RawText name,
      Optional<RawText> description,
      Optional<RawJson> format,
      Map<String, RawJson> rest)
      implements Tool {
    public Custom(RawText name, Optional<RawText> description, Optional<RawJson> format) {
      this(name, description, format, Map.of());
    }
  }

  /**
   * A tool that the provider runs by itself, or that the vendor's own client has built in.
   *
   * @param type as its dialect calls it
   * @param definition as its source wrote it
   */
  record Server(Kind kind, Dialect origin, String type, RawJson definition) implements Tool {
    /** Those that several vendors have. */
    public enum Kind {
      WEB_SEARCH,
      WEB_FETCH,
      CODE_EXECUTION,
      FILE_SEARCH,
      IMAGE_GENERATION,
      COMPUTER,
      /** Only its own dialect has it. */
      OTHER
    }
  }
}
