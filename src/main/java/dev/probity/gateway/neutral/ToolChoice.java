package dev.probity.gateway.neutral;

import dev.probity.gateway.json.RawText;
import java.util.List;
import java.util.Optional;

/**
 * Whether tools are to be used.
 *
 * @param names those allowed, where only some are; one for {@link Mode#REQUIRED} means that one
 * @param parallel whether several calls may come at once; empty if not said
 */
public record ToolChoice(Mode mode, List<RawText> names, Optional<Boolean> parallel) {
  /** How free the model is. */
  public enum Mode {
    /** Not said. */
    DEFAULT,
    AUTO,
    NONE,
    REQUIRED
  }

  public static final ToolChoice UNSAID = new ToolChoice(Mode.DEFAULT, List.of(), Optional.empty());
}
