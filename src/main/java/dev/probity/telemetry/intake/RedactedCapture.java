package dev.probity.telemetry.intake;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.dialect.Contents;
import dev.probity.telemetry.otlp.Attributes;
import java.util.List;
import java.util.function.Predicate;

/** Captures whatever content a record carries, redacted. */
public final class RedactedCapture implements Capture {
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
        .map(content ->
            new CapturedText(
                event.fingerprint(),
                event.atMillis(),
                content.attribute().wireName(),
                redaction.redact(content.text())))
        .toList();
  }
}
