package dev.probity.telemetry.intake;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.dialect.Contents;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Captures what people and models said, redacted. Nothing else that a record may carry: files,
 * tools' arguments and their output are not kept, whoever switched what on.
 */
public final class RedactedCapture implements Capture {
  private static final Set<Attribute> SAID =
      EnumSet.of(
          Attribute.PROMPT,
          Attribute.PROMPT_TEXT,
          Attribute.USER_PROMPT,
          Attribute.RESPONSE,
          Attribute.AGENT_RESPONSE,
          Attribute.COPILOT_CHAT_USER_REQUEST);

  private final Predicate<OrganizationId> captures;
  private final Redaction redaction;

  /**
   * @param captures whether an organization switched it on
   */
  public RedactedCapture(Predicate<OrganizationId> captures, Redaction redaction) {
    this.captures = captures;
    this.redaction = redaction;
  }

  @Override
  public List<CapturedText> texts(
      OrganizationId organization, Attributes attributes, AgentEvent event) {
    if (!captures.test(organization)) {
      return List.of();
    }
    return Contents.of(attributes).stream()
        .filter(content -> SAID.contains(content.attribute()))
        .map(content ->
            new CapturedText(
                event.fingerprint(),
                event.atMillis(),
                content.attribute().wireName(),
                redaction.redact(content.text())))
        .toList();
  }
}
