package dev.probity.telemetry.dialect;

import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.Treatment;
import java.util.ArrayList;
import java.util.List;

/**
 * The content that a record carries, for organizations that switched capture on. It comes as it was
 * sent: whoever keeps it has to redact it first. Where the reader was not built for capture there
 * is never any.
 */
public final class Contents {
  private Contents() {}

  /** Text of a prompt, an answer or the like, and the attribute it came in. */
  public record Content(Attribute attribute, String text) {}

  /** Everything that a record carries, in the order of the wire, the same text once. */
  public static List<Content> of(Attributes attributes) {
    List<Content> contents = new ArrayList<>(0);
    attributes.forEach(attribute -> {
      if (attribute.treatment() == Treatment.CONTENT) {
        String text = text(attributes, attribute);
        if (!isMask(text) && contents.stream().noneMatch(c -> c.text().equals(text))) {
          contents.add(new Content(attribute, text));
        }
      }
    });
    return contents;
  }

  private static String text(Attributes attributes, Attribute attribute) {
    List<String> texts = attributes.texts(attribute);
    return texts.isEmpty() ? attributes.text(attribute) : String.join("\n", texts);
  }

  /** What clients send instead of content while they are told not to. */
  private static boolean isMask(String text) {
    return text.isEmpty() || text.equals("<REDACTED>") || text.equals("[REDACTED]");
  }
}
