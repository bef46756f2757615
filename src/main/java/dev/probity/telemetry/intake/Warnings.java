package dev.probity.telemetry.intake;

import dev.probity.kernel.KeyId;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Temporality;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What senders are told with an accepted export: what is wrong and what to do about it. The same is
 * told once, and then once an hour as long as it stays so, because clients log it each time.
 */
final class Warnings {
  private static final long AGAIN_MILLIS = Duration.ofHours(1).toMillis();
  private static final int LONGEST = 500;
  private static final int MOST = 20_000;

  /** What may be told. */
  private enum About {
    UNPRICED,
    MODEL,
    SESSION,
    PERSON,
    CONTENT,
    TEMPORALITY,
    CLOCK
  }

  private record Told(KeyId key, String agent, About about) {}

  private record Sender(KeyId key, String agent) {}

  private final Recent<Told, Long> told = new Recent<>(MOST);
  private final Recent<Sender, Temporality> temporalities = new Recent<>(MOST);

  /**
   * The message for an export's sender; empty if there is nothing to say.
   *
   * @param personal whether the key says who it is
   */
  String of(KeyId key, String agent, Notes notes, Remarks remarks, boolean personal, long now) {
    Map<About, String> all = new EnumMap<>(About.class);
    if (notes.unpriced() > 0) {
      all.put(
          About.UNPRICED,
          count(notes.unpriced(), "model call")
              + " of a model that has no known price"
              + (remarks.unpricedModels().isEmpty()
                  ? ""
                  : ": " + String.join(", ", remarks.unpricedModels())));
    }
    if (notes.withoutModel() > 0) {
      all.put(About.MODEL, count(notes.withoutModel(), "model call") + " without the model's name");
    }
    if (remarks.eventsWithoutSession() > 0) {
      all.put(
          About.SESSION,
          count(remarks.eventsWithoutSession(), "event")
              + " without a session id, so of no session");
    }
    if (!personal && notes.withoutPerson() > 0 && notes.withoutPerson() == understood(notes)) {
      all.put(
          About.PERSON,
          "no person is named: use a key of their own, or set"
              + " OTEL_RESOURCE_ATTRIBUTES=enduser.id=NAME");
    }
    if (notes.droppedContent() > 0) {
      all.put(
          About.CONTENT,
          count(notes.droppedContent(), "attribute")
              + " with content "
              + (notes.droppedContent() == 1 ? "was" : "were")
              + " dropped: "
              + contentSwitch(agent));
    }
    temporality(key, agent, remarks, all);
    if (notes.skewed() > 0) {
      all.put(
          About.CLOCK,
          count(notes.skewed(), "record")
              + " with a time that can't be right got the time of arrival: check the clock");
    }
    all.keySet().removeIf(about -> !isTimeFor(new Told(key, agent, about), now));
    return joined(notes.rejected(), all);
  }

  private void temporality(KeyId key, String agent, Remarks remarks, Map<About, String> all) {
    remarks
        .temporality()
        .ifPresent(now -> {
          Temporality before = temporalities.put(new Sender(key, agent), now);
          if (before != null && before != now) {
            all.put(
                About.TEMPORALITY,
                "the metrics' temporality changed from " + word(before) + " to " + word(now));
          }
        });
  }

  private boolean isTimeFor(Told what, long now) {
    Long before = told.find(what);
    if (before != null && now - before < AGAIN_MILLIS) {
      return false;
    }
    told.put(what, now);
    return true;
  }

  private static String joined(int rejected, Map<About, String> all) {
    StringBuilder text = new StringBuilder();
    if (rejected > 0) {
      text.append(count(rejected, "record"))
          .append(" could not be understood or had impossible numbers");
    }
    for (String each : all.values()) {
      text.append(text.isEmpty() ? "" : "; ").append(each);
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text.toString();
  }

  private static int understood(Notes notes) {
    return notes.kept() + notes.ignored();
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String word(Temporality temporality) {
    return temporality.name().toLowerCase(Locale.ROOT);
  }

  /** How to keep an agent from sending content in the first place. */
  private static String contentSwitch(String agent) {
    return switch (agent) {
      case "claude-code" ->
          "switch off OTEL_LOG_USER_PROMPTS, OTEL_LOG_TOOL_DETAILS, OTEL_LOG_TOOL_CONTENT and"
              + " OTEL_LOG_RAW_API_BODIES";
      case "codex" -> "set otel.log_user_prompt to false in config.toml";
      case "gemini-cli" -> "set telemetry.logPrompts to false in settings.json";
      default -> "switch off the logging of prompts and outputs";
    };
  }
}
