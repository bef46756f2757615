package dev.probity.web;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Stored;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.HeapTelemetry;
import dev.probity.telemetry.sessions.PlaceRow;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A company with people in many cities, and what their agents did there. */
final class SamplePlaces {
  static final Place BERLIN = new Place("DE", "Berlin", 525, 134);
  static final Place SUVA = new Place("FJ", "Suva", -181, 1784);

  private static final List<Place> CITIES =
      List.of(
          BERLIN,
          new Place("GB", "London", 515, -1),
          new Place("US", "San Francisco", 378, -1224),
          new Place("US", "New York", 407, -740),
          new Place("IN", "Bengaluru", 130, 776),
          new Place("PT", "Lisboa", 387, -91),
          new Place("PL", "Kraków", 501, 199),
          new Place("BR", "São Paulo", -235, -466),
          new Place("JP", "Tokyo", 357, 1397),
          new Place("AU", "Melbourne", -378, 1450),
          new Place("NG", "Lagos", 65, 34),
          new Place("ZA", "Cape Town", -339, 184),
          new Place("CA", "Notre-Dame-de-l'Île-Perrot, Québec", 454, -739),
          SUVA,
          new Place("SG", "", 14, 1038));

  private SamplePlaces() {}

  /** Two agents in most of the cities; the first city has the most of everything. */
  static void addTo(HeapTelemetry telemetry, long nowMillis) {
    Random random = new Random(42);
    for (int i = 0; i < CITIES.size(); i++) {
      long sessions = Math.max(1, Math.round(420 / Math.pow(i + 1, 1.1)));
      long seen = nowMillis - i * i * 1_900_000L - random.nextInt(3_000_000);
      telemetry.places.add(
          new PlaceRow(CITIES.get(i), "claude-code", seen, figures(sessions, random)));
      if (i % 3 != 2) {
        telemetry.places.add(
            new PlaceRow(CITIES.get(i), "codex", seen - 90_000, figures(1 + sessions / 3, random)));
      }
    }
  }

  private static Figures figures(long sessions, Random random) {
    long[] values = new long[Figure.values().length];
    values[Figure.SESSIONS.ordinal()] = sessions;
    values[Figure.PROMPTS.ordinal()] = sessions * 9;
    values[Figure.MODEL_CALLS.ordinal()] = sessions * 41;
    values[Figure.CACHE_READ.ordinal()] = sessions * (700_000 + random.nextInt(900_000));
    values[Figure.UNCACHED_INPUT.ordinal()] = sessions * 21_000;
    values[Figure.OUTPUT_TEXT.ordinal()] = sessions * (9_000 + random.nextInt(20_000));
    values[Figure.CHARGE_NANO_USD.ordinal()] =
        sessions * (410_000_000L + random.nextInt(900_000_000));
    return Figures.of(values);
  }

  /** Something that has just happened at a place. */
  static Stored stored(Place place, String agent, String session) {
    AgentEvent event =
        new AgentEvent(
            1,
            1_000,
            EventKind.PROMPT,
            "user_prompt",
            Signal.LOG,
            "",
            Usage.NONE,
            Charge.NOTHING,
            AgentEvent.UNKNOWN,
            AgentEvent.UNKNOWN,
            AgentEvent.UNKNOWN,
            "",
            "",
            "",
            "",
            "",
            Result.UNKNOWN,
            "",
            12,
            List.of());
    SessionFacts facts =
        new SessionFacts(
            agent,
            session,
            "1.0",
            "hash-of-an-email",
            "an-account",
            "an-install",
            "an-end-user",
            "a-team",
            "owner/repository",
            "a-branch",
            "xterm",
            "api",
            "",
            "");
    return new Stored(
        OrganizationId.FIRST,
        KeyId.NONE,
        7,
        9,
        Optional.of(place),
        new SessionReport(facts, Provider.ANTHROPIC, List.of(event), List.of(), List.of()));
  }
}
