package dev.probity.telemetry.intake;

import dev.probity.kernel.Caller;
import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.SessionReport;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.dialect.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report in the making: gathers what the dialects find by session, mends times, makes charges and
 * counts what is worth a note. For one export.
 */
final class ReportDraft implements Findings {
  private record Which(SessionFacts facts, Provider provider) {}

  /** What one session's report is made of. */
  private record Parts(List<AgentEvent> events, List<Reading> readings, List<CapturedText> texts) {}

  /** Who sent a record, for the health page. */
  record Client(String agent, String version) {}

  private final Caller caller;
  private final Signal signal;
  private final long receivedAtMillis;
  private final PriceBook prices;
  private final SafeWords words;
  private final Remarks remarks;

  private final Map<Which, Parts> sessions = new LinkedHashMap<>();
  private final Map<Client, Integer> clients = new LinkedHashMap<>();
  private @Nullable Which lastSession;
  private @Nullable Parts lastParts;
  private int kept;
  private int ignored;
  private int rejected;
  private int skewed;
  private int withoutSession;
  private int withoutPerson;
  private int withoutModel;
  private int unpriced;
  private int droppedAttributes;
  private int droppedContent;

  ReportDraft(
      Caller caller,
      Signal signal,
      long receivedAtMillis,
      PriceBook prices,
      SafeWords words,
      Remarks remarks) {
    this.caller = caller;
    this.signal = signal;
    this.receivedAtMillis = receivedAtMillis;
    this.prices = prices;
    this.words = words;
    this.remarks = remarks;
  }

  @Override
  public void event(SessionFacts facts, AgentEvent event, Provider provider, ServiceTier tier) {
    event(facts, event, provider, tier, List.of());
  }

  /** The same, with the texts of it that are captured. */
  void event(
      SessionFacts said,
      AgentEvent event,
      Provider provider,
      ServiceTier tier,
      List<CapturedText> texts) {
    if (!Plausible.usage(event.usage()) || !Plausible.claim(event.claimedNanoUsd())) {
      reject();
      return;
    }
    SessionFacts facts = words.facts(said);
    seen(facts);
    if (facts.session().isEmpty()) {
      remarks.eventWithoutSession();
    }
    Parts parts = parts(facts, provider);
    AgentEvent mended = words.event(mended(event, charge(event, provider, tier)));
    parts.events.add(mended);
    for (CapturedText text : texts) {
      parts.texts.add(new CapturedText(text.event(), mended.atMillis(), text.what(), text.text()));
    }
    kept++;
  }

  @Override
  public void reading(SessionFacts said, Reading reading, Provider provider) {
    if (!Plausible.value(reading)) {
      reject();
      return;
    }
    SessionFacts facts = words.facts(said);
    seen(facts);
    remarks.temporality(reading.temporality());
    Reading mended = mended(reading);
    Provider seller = seller(provider, mended.model(), mended.atMillis());
    parts(facts, seller).readings.add(words.reading(mended));
    kept++;
  }

  @Override
  public void ignored(SessionFacts facts) {
    seen(words.facts(facts));
    ignored++;
  }

  /** A record could not be understood. */
  void reject() {
    rejected++;
  }

  /** Nobody here knows what a record means. */
  void ignore() {
    ignored++;
  }

  /** Attributes were skipped. */
  void dropped(int attributes, int content) {
    droppedAttributes += attributes;
    droppedContent += content;
  }

  int rejected() {
    return rejected;
  }

  /** The agent that most records came from; empty names if nothing was understood. */
  Client client() {
    return clients.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(new Client("", ""));
  }

  Notes notes(int records) {
    return new Notes(
        records,
        kept,
        ignored,
        rejected,
        droppedAttributes,
        droppedContent,
        skewed,
        withoutSession,
        withoutPerson,
        withoutModel,
        unpriced);
  }

  /** The finished report. */
  Report report(Client client, Notes notes, Optional<Place> place) {
    List<SessionReport> reports = new ArrayList<>(sessions.size());
    sessions.forEach((which, parts) ->
        reports.add(
            new SessionReport(
                which.facts, which.provider, parts.events, parts.readings, parts.texts)));
    return new Report(
        caller.organization(),
        caller.key(),
        receivedAtMillis,
        signal,
        client.agent,
        client.version,
        place,
        notes,
        reports);
  }

  private void seen(SessionFacts facts) {
    clients.merge(new Client(facts.agent(), facts.clientVersion()), 1, Integer::sum);
    if (facts.session().isEmpty()) {
      withoutSession++;
    }
    if (facts.email().isEmpty() && facts.account().isEmpty() && facts.endUser().isEmpty()) {
      withoutPerson++;
    }
  }

  private Parts parts(SessionFacts facts, Provider provider) {
    Parts parts = lastParts;
    Which last = lastSession;
    if (parts == null || last == null || last.provider != provider || !last.facts.equals(facts)) {
      last = new Which(facts, provider);
      parts =
          sessions.computeIfAbsent(
              last, each -> new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      lastSession = last;
      lastParts = parts;
    }
    return parts;
  }

  private Charge charge(AgentEvent event, Provider provider, ServiceTier tier) {
    if (event.usage().equals(Usage.NONE)) {
      if (event.kind() == EventKind.MODEL_CALL && event.model().isEmpty()) {
        withoutModel++;
      }
      return Charge.NOTHING;
    }
    if (event.model().isEmpty()) {
      withoutModel++;
    }
    long atMillis = time(event.atMillis());
    Charge charge =
        prices
            .price(seller(provider, event.model(), atMillis), event.model(), atMillis)
            .map(price -> price.charge(event.usage(), tier))
            .orElse(Charge.UNPRICED);
    if (charge.unpriced()) {
      unpriced++;
      remarks.unpriced(words.model(event.model()));
    }
    return charge;
  }

  /** Whose prices hold: an agent does not know that the model which it calls is Probity's own. */
  private Provider seller(Provider said, String model, long atMillis) {
    boolean own =
        !model.isEmpty()
            && prices.price(said, model, atMillis).isEmpty()
            && prices.price(Provider.SIMULATED, model, atMillis).isPresent();
    return own ? Provider.SIMULATED : said;
  }

  /** A time to price by; counts nothing. */
  private long time(long atMillis) {
    return Plausible.time(atMillis, receivedAtMillis) ? atMillis : receivedAtMillis;
  }

  /** The time that is kept. One that was not given is when the report came. */
  private long mendedTime(long atMillis) {
    if (atMillis != 0 && !Plausible.time(atMillis, receivedAtMillis)) {
      skewed++;
    }
    return time(atMillis);
  }

  private AgentEvent mended(AgentEvent event, Charge charge) {
    long atMillis = mendedTime(event.atMillis());
    long duration = Plausible.amount(event.durationMillis());
    long firstToken = Plausible.amount(event.firstTokenMillis());
    long size = Plausible.amount(event.size());
    if (atMillis == event.atMillis()
        && charge.equals(event.charge())
        && duration == event.durationMillis()
        && firstToken == event.firstTokenMillis()
        && size == event.size()) {
      return event;
    }
    return new AgentEvent(
        event.fingerprint(),
        atMillis,
        event.kind(),
        event.name(),
        event.signal(),
        event.model(),
        event.usage(),
        charge,
        event.claimedNanoUsd(),
        duration,
        firstToken,
        event.tool(),
        event.callId(),
        event.requestId(),
        event.agentId(),
        event.parentAgentId(),
        event.result(),
        event.error(),
        size,
        event.details());
  }

  private Reading mended(Reading reading) {
    long atMillis = mendedTime(reading.atMillis());
    // A series that began before any that can still run, or after its own value, has no beginning.
    long start = reading.startMillis();
    long startMillis = Plausible.time(start, receivedAtMillis) && start <= atMillis ? start : 0;
    if (atMillis == reading.atMillis() && startMillis == start) {
      return reading;
    }
    return new Reading(
        reading.fingerprint(),
        reading.series(),
        reading.measure(),
        reading.model(),
        reading.tier(),
        reading.temporality(),
        startMillis,
        atMillis,
        reading.value());
  }
}
