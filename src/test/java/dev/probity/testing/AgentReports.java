package dev.probity.testing;

import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.Temporality;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes random reports of agents that use every corner of the records. */
public final class AgentReports {
  private static final String[] TEXTS = {
    "", "claude-opus-5-5", "Bash", "api_request", "Ä ö \uD83D\uDE80", "a", "123", "2026-11-20/x@y"
  };

  private final RandomGenerator random;

  public AgentReports(RandomGenerator random) {
    this.random = random;
  }

  public Report report() {
    return new Report(
        new OrganizationId(number()),
        new KeyId(text()),
        number(),
        oneOf(Signal.values()),
        text(),
        text(),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(new Place(text(), text(), random.nextInt(), random.nextInt(-900, 900))),
        notes(),
        some(5, this::session));
  }

  public SessionReport session() {
    return new SessionReport(
        facts(),
        oneOf(Provider.values()),
        some(8, this::event),
        some(8, this::reading),
        some(3, () -> new CapturedText(random.nextLong(), number(), text(), text())));
  }

  public SessionFacts facts() {
    return new SessionFacts(
        text(), text(), text(), text(), text(), text(), text(), text(), text(), text(), text(),
        text(), text(), text());
  }

  public AgentEvent event() {
    return new AgentEvent(
        random.nextLong(),
        number(),
        oneOf(EventKind.values()),
        text(),
        oneOf(Signal.values()),
        text(),
        usage(),
        new Charge(number(), random.nextBoolean(), text()),
        number(),
        number(),
        number(),
        text(),
        text(),
        text(),
        text(),
        text(),
        oneOf(Result.values()),
        text(),
        number(),
        some(4, () -> new Detail(text(), text())));
  }

  public Reading reading() {
    return new Reading(
        random.nextLong(),
        random.nextLong(),
        oneOf(Measure.values()),
        text(),
        oneOf(ServiceTier.values()),
        oneOf(Temporality.values()),
        number(),
        number(),
        number());
  }

  private Usage usage() {
    if (random.nextBoolean()) {
      return Usage.NONE;
    }
    return new Usage(part(), part(), part(), part(), part(), part(), part());
  }

  private long part() {
    return number() & Long.MAX_VALUE;
  }

  private Notes notes() {
    if (random.nextInt(3) == 0) {
      return new Notes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new Notes(
        random.nextInt(),
        random.nextInt(10),
        random.nextInt(),
        0,
        random.nextInt(100),
        random.nextInt(),
        1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        5,
        6);
  }

  /** Small, large, negative and unknown numbers. */
  private long number() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> AgentEvent.UNKNOWN;
      case 2 -> random.nextLong();
      case 3 -> FixedClock.START.toEpochMilli() + random.nextInt(1_000_000);
      case 4 -> -random.nextInt(1_000);
      default -> random.nextInt(100_000);
    };
  }

  private String text() {
    return random.nextInt(8) == 0
        ? Long.toString(random.nextLong(), Character.MAX_RADIX)
        : oneOf(TEXTS);
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private <T> List<T> some(int atMost, Supplier<T> maker) {
    return Stream.generate(maker).limit(random.nextInt(atMost + 1)).toList();
  }
}
