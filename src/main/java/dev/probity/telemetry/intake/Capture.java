package dev.probity.telemetry.intake;

import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.otlp.Attributes;
import java.util.List;

/**
 * Keeps texts of prompts and answers, for organizations that switched it on. Without one nothing is
 * captured. An implementation puts every text through a {@link Redaction}.
 */
public interface Capture {
  /**
   * What is kept of a record.
   *
   * @param attributes of the record; good for the call only
   * @param event what it was understood as
   */
  List<CapturedText> texts(OrganizationId organization, Attributes attributes, AgentEvent event);
}
