package dev.probity.telemetry.intake;

import dev.probity.identity.KeyRing;
import dev.probity.journal.Journal;
import dev.probity.journal.JournalException;
import dev.probity.journal.JournalFullException;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import dev.probity.pricing.PriceBook;
import dev.probity.privacy.SafeText;
import dev.probity.telemetry.Notes;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.dialect.Dialect;
import dev.probity.telemetry.intake.Outcome.Accepted;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.report.ReportCodec;
import dev.probity.telemetry.sessions.KeyPeople;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes exports in. Blocking, and safe for many threads at once: called on virtual threads, whoever
 * holds the socket.
 */
public final class OtlpIntake {
  private static final System.Logger LOG = System.getLogger(OtlpIntake.class.getName());

  /**
   * What the intake is made of.
   *
   * @param dialects finds whose way of reporting a resource's records are in
   * @param prices the price book in force
   * @param people whose keys are whose: such a key's reports need to name nobody
   * @param safeText the last look at names and ids before they are kept
   * @param capture empty: no text of a prompt or an answer is kept
   */
  public record Parts(
      KeyRing keys,
      Readers readers,
      Function<Resource, Optional<Dialect>> dialects,
      Supplier<PriceBook> prices,
      Journal journal,
      Places places,
      KeyPeople people,
      SafeText safeText,
      Optional<Capture> capture,
      Clock clock,
      MeterRegistry registry) {}

  private final Parts parts;
  private final IntakeMemory memory;
  private final Unpacking unpacking;
  private final IntakeMetrics metrics;
  private final Warnings warnings = new Warnings();
  private final IntakeCounters counters = new IntakeCounters();
  private final ContentAlerts alerts = new ContentAlerts();

  public OtlpIntake(Parts parts, IntakeSettings settings) {
    this.parts = parts;
    this.memory = new IntakeMemory(settings.memoryBytes());
    this.unpacking = new Unpacking(settings.bodyBytes(), memory);
    this.metrics = new IntakeMetrics(parts.registry);
  }

  /**
   * Takes an export in: when it is accepted, it is on the disk.
   *
   * @throws InterruptedException if the thread was interrupted while it waited; nothing is
   *     acknowledged then
   */
  public Outcome take(Export export) throws InterruptedException {
    // Again at each export: a key may have been revoked since the connection was made.
    Optional<Caller> caller = parts.keys.authenticate(export.head().key());
    if (caller.isEmpty()) {
      return refuse(export, Caller.NOBODY, Reason.UNAUTHORIZED, "", WRONG_KEY);
    }
    return switch (unpacking.unpack(export)) {
      case Unpacking.Failed(Reason reason, String message) ->
          refuse(export, caller.get(), reason, "gzip", message);
      case Unpacking.Body body -> {
        try (body) {
          yield takeUnpacked(export, body, caller.get());
        }
      }
    };
  }

  private Outcome takeUnpacked(Export export, Unpacking.Body body, Caller caller)
      throws InterruptedException {
    try {
      return take(export, body, caller);
    } catch (OtlpFormatException e) {
      String encoding = export.head().encoding().name().toLowerCase(Locale.ROOT);
      return refuse(
          export,
          caller,
          Reason.MALFORMED,
          encoding,
          "The body is no export request in " + encoding + ": " + e.getMessage());
    } catch (JournalFullException e) {
      LOG.log(Level.DEBUG, "an export was put off: {0}", e.getMessage());
      return refuse(export, caller, Reason.FULL, "", "There is no room just now.");
    } catch (JournalException e) {
      LOG.log(Level.ERROR, "an export could not be journaled", e);
      return refuse(export, caller, Reason.FULL, "disk", "There is no room just now.");
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an export could not be taken in", e);
      return refuse(export, caller, Reason.FAILED, "", "A fault here; it has been logged.");
    }
  }

  private static final String WRONG_KEY =
      "Send a key of this installation: 'Authorization: Bearer pk-…' or 'x-api-key: pk-…'"
          + " (OTEL_EXPORTER_OTLP_HEADERS=x-api-key=pk-…).";

  private Outcome take(Export export, Unpacking.Body body, Caller caller)
      throws InterruptedException {
    if (!parts.journal.hasRoom()) {
      return refuse(export, caller, Reason.FULL, "", "There is no room just now.");
    }
    long now = parts.clock.millis();
    Remarks remarks = new Remarks();
    ReportDraft draft =
        new ReportDraft(
            caller,
            export.head().signal(),
            now,
            parts.prices.get(),
            new SafeWords(parts.safeText),
            remarks);
    RecordRouter router =
        new RecordRouter(parts.dialects, draft, parts.capture, caller.organization());
    int records = parts.readers.read(export.head(), body, router);
    Notes notes = draft.notes(records);
    ReportDraft.Client client = draft.client();
    if (records > 0) {
      journal(draft.report(client, notes, export.head().from().flatMap(parts.places::placeOf)));
    }
    metrics.count(
        export.head().signal(), IntakeMetrics.ACCEPTED, export.length(), records, notes.rejected());
    alerts.noticed(caller, client.agent(), client.version(), notes.droppedContent() > 0, now);
    return new Accepted(
        notes.rejected(),
        warnings.of(
            caller.key(),
            client.agent(),
            notes,
            remarks,
            parts.people.personOf(caller.key()).isPresent(),
            now));
  }

  /** Returns when the report survives the death of the machine. */
  private void journal(Report report) throws InterruptedException {
    long last = 0;
    for (byte[] entry : ReportCodec.encode(report, parts.journal.maxEntryBytes())) {
      last = parts.journal.append(ReportCodec.KIND, entry, 0, entry.length);
    }
    parts.journal.awaitDurable(last);
  }

  /**
   * Whether a key may report: asked before a body is read for it.
   *
   * @return why not, which has been counted; empty if it may
   */
  public Optional<Refused> refusedAtHead(Export.Head head) {
    return parts.keys.authenticate(head.key()).isPresent()
        ? Optional.empty()
        : Optional.of(refuse(head.signal(), 0, Caller.NOBODY, Reason.UNAUTHORIZED, "", WRONG_KEY));
  }

  /**
   * Counts and words a refusal that the transport makes by itself, such as for a body that is too
   * large.
   *
   * @param why a stable word for the health page, such as {@code body}
   */
  public Refused refuse(Export.Head head, Reason reason, String why, String message) {
    Caller caller = parts.keys.authenticate(head.key()).orElse(Caller.NOBODY);
    return refuse(head.signal(), 0, caller, reason, why, message);
  }

  /** The memory that bodies take before they get here, too. */
  public IntakeMemory memory() {
    return memory;
  }

  /** What was refused since the start. */
  public IntakeCounters counters() {
    return counters;
  }

  /** Who has begun to send content. */
  public ContentAlerts alerts() {
    return alerts;
  }

  private Refused refuse(Export export, Caller caller, Reason reason, String why, String message) {
    return refuse(export.head().signal(), export.length(), caller, reason, why, message);
  }

  private Refused refuse(
      Signal signal, long bytes, Caller caller, Reason reason, String why, String message) {
    counters.refused(caller, reason, why, parts.clock.millis());
    metrics.count(signal, reason.word(), bytes, 0, 0);
    return new Refused(reason, message);
  }
}
