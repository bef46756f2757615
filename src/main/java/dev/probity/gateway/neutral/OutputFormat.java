package dev.probity.gateway.neutral;

import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import java.util.Optional;

/** What form the answer's text is to have. */
public sealed interface OutputFormat {
  /** Any. */
  record Plain() implements OutputFormat {}

  /** Some JSON object. */
  record AnyJson() implements OutputFormat {}

  /** JSON after a schema. */
  record Schema(
      Optional<RawText> name,
      RawJson schema,
      Optional<RawText> description,
      Optional<Boolean> strict)
      implements OutputFormat {}

  OutputFormat PLAIN = new Plain();
}
