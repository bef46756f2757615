package dev.probity.telemetry.intake;

import dev.probity.kernel.OrganizationId;
import dev.probity.pricing.Provider;
import dev.probity.pricing.ServiceTier;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.Reading;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.dialect.Dialect;
import dev.probity.telemetry.dialect.Findings;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.MetricPoint;
import dev.probity.telemetry.otlp.OtlpFormatException;
import dev.probity.telemetry.otlp.RecordHandler;
import dev.probity.telemetry.otlp.Resource;
import dev.probity.telemetry.otlp.Span;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings each record of an export to the dialect of its resource, and what it means to a draft. */
final class RecordRouter implements RecordHandler, Findings {
  private static final System.Logger LOG = System.getLogger(RecordRouter.class.getName());

  /** A fault of ours that a record brings out may come with every export from then on. */
  private static final Set<Class<?>> LOGGED = ConcurrentHashMap.newKeySet();

  private final Function<Resource, Optional<Dialect>> dialects;
  private final ReportDraft draft;
  private final Optional<Capture> capture;
  private final OrganizationId organization;

  private final TokenCheck tokens = new TokenCheck();

  private @Nullable Dialect dialect;
  private boolean knownResource;
  private long resource;
  private String scope = "";
  private @Nullable Attributes attributes;

  RecordRouter(
      Function<Resource, Optional<Dialect>> dialects,
      ReportDraft draft,
      Optional<Capture> capture,
      OrganizationId organization) {
    this.dialects = dialects;
    this.draft = draft;
    this.capture = capture;
    this.organization = organization;
  }

  @Override
  public void log(LogRecord record) {
    route(record.resource(), record.attributes(), speaker -> speaker.log(record, this));
  }

  @Override
  public void span(Span span) {
    route(span.resource(), span.attributes(), speaker -> speaker.span(span, this));
  }

  @Override
  public void point(MetricPoint point) {
    route(
        point.resource(),
        point.attributes(),
        speaker -> {
          if (TokenCheck.passes(point)) {
            speaker.point(point, this);
          } else {
            draft.reject();
          }
        });
  }

  @Override
  public void event(SessionFacts facts, AgentEvent event, Provider provider, ServiceTier tier) {
    Attributes current = attributes;
    draft.event(
        facts,
        event,
        provider,
        tier,
        capture.isPresent() && current != null
            ? capture.get().texts(organization, current, event)
            : List.of());
  }

  @Override
  public void reading(SessionFacts facts, Reading reading, Provider provider) {
    draft.reading(facts, reading, provider);
  }

  @Override
  public void ignored(SessionFacts facts) {
    draft.ignored(facts);
  }

  /** What is asked of a dialect. */
  private interface Question {
    void ask(Dialect dialect);
  }

  private void route(Resource from, Attributes own, Question question) {
    draft.dropped(own.dropped(), own.droppedContent());
    Dialect speaker = dialectOf(from);
    if (speaker == null) {
      draft.ignore();
      return;
    }
    if (!tokens.passes(own)) {
      draft.reject();
      return;
    }
    attributes = own;
    try {
      question.ask(speaker);
    } catch (OtlpFormatException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Numbers that can't be, such as negative counts. The others of the export are good.
      draft.reject();
    } catch (RuntimeException e) {
      draft.reject();
      if (LOGGED.add(e.getClass())) {
        LOG.log(Level.ERROR, "a record could not be understood; this is logged once", e);
      }
    }
  }

  private @Nullable Dialect dialectOf(Resource from) {
    if (!knownResource || resource != from.fingerprint() || !scope.equals(from.scope())) {
      if (!knownResource || resource != from.fingerprint()) {
        draft.dropped(from.attributes().dropped(), from.attributes().droppedContent());
      }
      knownResource = true;
      resource = from.fingerprint();
      scope = from.scope();
      dialect = dialects.apply(from).orElse(null);
    }
    return dialect;
  }
}
