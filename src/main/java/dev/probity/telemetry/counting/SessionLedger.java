package dev.probity.telemetry.counting;

import dev.probity.kernel.bytes.ByteFormatException;
import dev.probity.kernel.bytes.ByteReader;
import dev.probity.kernel.bytes.ByteWriter;
import dev.probity.pricing.PriceBook;
import dev.probity.pricing.Provider;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Measure;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.sessions.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up one session: its own figures, and what it changes in the sums; both are always the same.
 *
 * <p>Agents say the same thing on several signals. Each {@link Matter} is counted from the best
 * signal that reports it: log records, else spans, else metrics. What a weaker one said before is
 * taken back when a better one comes, so the order in which they arrive does not matter.
 *
 * <p>Not for several threads at once.
 */
public final class SessionLedger {
  private static final int VERSION = 1;
  private static final int MODELS_KEPT = 20;

  private static final Matter[] MATTERS = Matter.values();
  private static final Signal[] SIGNALS = Signal.values();

  private final Totals totals;
  private final KnownFacts known;
  private final Opening opening;
  private final Map<Matter, Strand> strands;
  private final SeriesTable series;
  private final Meters meters;
  private final List<String> models;
  private long startedAtMillis;
  private long endedAtMillis;
  private Optional<Signal> best;

  /** What is being counted just now. */
  private final Amounts amounts = new Amounts();

  private SessionLedger() {
    totals = new Totals(new long[Totals.COUNT]);
    known = new KnownFacts();
    opening = new Opening();
    strands = new EnumMap<>(Matter.class);
    series = new SeriesTable();
    meters = new Meters();
    models = new ArrayList<>();
    best = Optional.empty();
  }

  /** The ledger of a session of which nothing is known yet. */
  public static SessionLedger begin() {
    return new SessionLedger();
  }

  /**
   * A ledger as it was.
   *
   * @param state from {@link #state}
   * @throws IllegalArgumentException if the bytes are not a ledger's state
   */
  public static SessionLedger restore(byte[] state) {
    return new SessionLedger(new ByteReader(state));
  }

  private SessionLedger(ByteReader from) {
    int version = from.readByte();
    if (version != VERSION) {
      throw new ByteFormatException("state version " + version + " (expected: " + VERSION + ")");
    }
    startedAtMillis = from.readSigned();
    endedAtMillis = from.readSigned();
    best = from.readByte() == 0 ? Optional.empty() : Optional.of(from.readOneOf(SIGNALS));
    known = KnownFacts.read(from);
    totals = new Totals(StateFields.readAmounts(from));
    opening = Opening.read(from);
    models = new ArrayList<>();
    for (int count = from.readCount(1); count > 0; count--) {
      models.add(from.readShared());
    }
    strands = new EnumMap<>(Matter.class);
    for (int count = from.readCount(2); count > 0; count--) {
      strands.put(from.readOneOf(MATTERS), Strand.read(from));
    }
    series = SeriesTable.read(startedAtMillis, from);
    meters = Meters.read(from);
    from.expectEnd();
  }

  /** Everything that is needed to go on. */
  public byte[] state() {
    ByteWriter to = new ByteWriter();
    to.writeByte(VERSION);
    to.writeSigned(startedAtMillis);
    to.writeSigned(endedAtMillis);
    to.writeByte(best.isPresent() ? 1 : 0);
    best.ifPresent(signal -> to.writeByte(signal.ordinal()));
    known.write(to);
    StateFields.write(totals.figures(), to);
    opening.write(to);
    to.writeNumber(models.size());
    models.forEach(to::writeShared);
    to.writeNumber(strands.size());
    strands.forEach((matter, strand) -> {
      to.writeByte(matter.ordinal());
      strand.write(to);
    });
    series.write(startedAtMillis, to);
    meters.write(to);
    return to.toBytes();
  }

  /**
   * Counts an event. The same event must not be counted twice: fingerprints tell.
   *
   * @param person 0 if it is not known
   */
  public void count(SessionFacts facts, long person, AgentEvent event, SumChanges changes) {
    notice(facts, person, event.atMillis(), event.signal(), changes);
    Group group = Group.at(event.atMillis(), known.dimensions(event.model()));
    Matter matter = Matter.of(event.kind());
    if (event.kind() == EventKind.MODEL_CALL) {
      noticeModel(event.model());
    }
    if (matter != Matter.OTHER && accepts(matter, event.signal(), changes)) {
      amounts.addEvent(event, known.isSubscription());
      addAmounts(matter, group, changes);
    }
    if (event.kind() != EventKind.MODEL_CALL
        && event.claimedNanoUsd() != AgentEvent.UNKNOWN
        && accepts(Matter.CLAIMS, event.signal(), changes)) {
      amounts.addClaim(event.claimedNanoUsd());
      addAmounts(Matter.CLAIMS, group, changes);
    }
  }

  /**
   * Counts a point of a metric. The same point must not be counted twice: fingerprints tell.
   *
   * @param person 0 if it is not known
   * @param provider whose prices the usage is charged by
   */
  public void count(
      SessionFacts facts,
      long person,
      Reading reading,
      Provider provider,
      PriceBook prices,
      SumChanges changes) {
    notice(facts, person, reading.atMillis(), Signal.METRIC, changes);
    Measure measure = reading.measure();
    Matter matter = Matter.of(measure);
    if (reading.value() < 0
        || (measure == Measure.SESSIONS && known.isOfSession())
        || (matter != Matter.OTHER && !accepts(matter, Signal.METRIC, changes))) {
      return;
    }
    long flow = series.flow(reading, Amounts.within(reading));
    if (flow == 0) {
      return;
    }
    if (measure.isTokens() || measure == Measure.MODEL_CALLS) {
      noticeModel(reading.model());
      meters.count(reading, flow, provider, prices, amounts);
      amounts.addSpend(known.isSubscription());
    } else {
      if (measure == Measure.SESSIONS) {
        opening.withdraw(totals, changes);
      }
      amounts.add(Amounts.figureOf(measure), flow);
    }
    addAmounts(matter, Group.at(reading.atMillis(), known.dimensions(reading.model())), changes);
  }

  /**
   * For the ledger of what metrics report without naming a session: an event of some session, of
   * the same agent and key, that says what these say, too. From then on they don't count for what
   * the event is about, nor as a session of their own, and what they counted is taken back.
   */
  public void countedElsewhere(AgentEvent event, SumChanges changes) {
    Matter matter = Matter.of(event.kind());
    if (matter != Matter.OTHER && event.signal() != Signal.METRIC) {
      accepts(matter, event.signal(), changes);
    }
    accepts(Matter.SESSIONS, event.signal(), changes);
    opening.withdraw(totals, changes);
    // So that it is kept for as long as what it was told of.
    startedAtMillis = startedAtMillis == 0 ? event.atMillis() : startedAtMillis;
    endedAtMillis = Math.max(endedAtMillis, event.atMillis());
  }

  public Figures figures() {
    return Figures.of(totals.figures());
  }

  /** The signal that its usage is taken from; as long as there is none, the best that came. */
  public Signal source() {
    Strand usage = strands.get(Matter.USAGE);
    return usage != null ? usage.source() : best.orElse(Signal.METRIC);
  }

  /** Models that were called, in the order of first use; the first 20. */
  public List<String> models() {
    return List.copyOf(models);
  }

  /** The latest that is known of each. */
  public SessionFacts facts() {
    return known.facts();
  }

  /** Its first event; 0 before anything was counted. */
  public long startedAtMillis() {
    return startedAtMillis;
  }

  /** Its last event so far; 0 before anything was counted. */
  public long endedAtMillis() {
    return endedAtMillis;
  }

  /** The latest that is known; 0 if none is. */
  public long person() {
    return known.person();
  }

  /** Takes in what every event and reading says. */
  private void notice(
      SessionFacts facts, long person, long atMillis, Signal signal, SumChanges changes) {
    known.learn(facts, person);
    startedAtMillis = best.isEmpty() ? atMillis : Math.min(startedAtMillis, atMillis);
    endedAtMillis = best.isEmpty() ? atMillis : Math.max(endedAtMillis, atMillis);
    if (best.isEmpty() || signal.compareTo(best.get()) < 0) {
      best = Optional.of(signal);
    }
    opening.count(atMillis, known.dimensions(""), totals, changes);
  }

  private void noticeModel(String model) {
    if (!model.isEmpty() && models.size() < MODELS_KEPT && !models.contains(model)) {
      models.add(model);
    }
  }

  /** Whether what a signal says of a matter counts; if so, weaker ones don't any more. */
  private boolean accepts(Matter matter, Signal signal, SumChanges changes) {
    Strand strand = strands.computeIfAbsent(matter, m -> new Strand(signal));
    Signal before = strand.source();
    boolean accepted = strand.accepts(signal, totals, changes);
    if (before == Signal.METRIC && signal != Signal.METRIC) {
      series.forget(matter);
      if (matter == Matter.USAGE) {
        meters.clear();
      }
    }
    return accepted;
  }

  private void addAmounts(Matter matter, Group group, SumChanges changes) {
    Strand strand = strands.get(matter);
    if (strand != null) {
      strand.add(amounts.values(), group, totals, changes);
    } else {
      totals.add(amounts.values(), group, changes);
    }
    amounts.clear();
  }
}
