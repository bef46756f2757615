package dev.probity.telemetry.dialect;

import static dev.probity.telemetry.AgentEvent.UNKNOWN;

import dev.probity.kernel.Usage;
import dev.probity.pricing.Charge;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.AgentEvent.Detail;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.otlp.Attribute;
import dev.probity.telemetry.otlp.Attributes;
import dev.probity.telemetry.otlp.LogRecord;
import dev.probity.telemetry.otlp.Span;
import dev.probity.telemetry.otlp.Treatment;
import java.util.ArrayList;
import java.util.List;

/** An event in the making. Every text that goes in is bounded here. */
final class Draft {
  private static final int MOST_DETAILS = 12;

  private final Attributes attributes;
  private final Signal signal;
  private final EventKind kind;
  private final String name;
  private long fingerprint;
  private long atMillis;
  private String model = "";
  private Usage usage = Usage.NONE;
  private long claimedNanoUsd = UNKNOWN;
  private long durationMillis = UNKNOWN;
  private long firstTokenMillis = UNKNOWN;
  private String tool = "";
  private String callId = "";
  private String requestId = "";
  private String agentId = "";
  private String parentAgentId = "";
  private Result result = Result.UNKNOWN;
  private String error = "";
  private long size = UNKNOWN;
  private List<Detail> more = List.of();

  private Draft(Attributes attributes, Signal signal, EventKind kind, String name) {
    this.attributes = attributes;
    this.signal = signal;
    this.kind = kind;
    this.name = Words.identifier(name);
  }

  /**
   * @param name the agent's own name for it, without what all its names begin with
   */
  static Draft of(LogRecord record, EventKind kind, String name) {
    Draft draft = new Draft(record.attributes(), Signal.LOG, kind, name);
    draft.fingerprint = record.fingerprint();
    draft.atMillis = Numbers.atMillis(record);
    return draft;
  }

  /** What a span tells has happened when it ends, as with logs, which are written then. */
  static Draft of(Span span, EventKind kind, String name) {
    Draft draft = new Draft(span.attributes(), Signal.SPAN, kind, name);
    draft.fingerprint = span.fingerprint();
    boolean ended = span.endNanos() > 0 && kind != EventKind.AGENT_START;
    draft.atMillis = Numbers.millis(ended ? span.endNanos() : span.startNanos());
    if (ended && span.startNanos() > 0 && span.endNanos() >= span.startNanos()) {
      draft.durationMillis = Numbers.millis(span.endNanos() - span.startNanos());
    }
    return draft;
  }

  /** Whether it has a name that may be kept. */
  boolean isNamed() {
    return !name.isEmpty();
  }

  /** For records that come again with other bytes but with an id of their own. */
  Draft fingerprint(long value) {
    fingerprint = value;
    return this;
  }

  Draft model(String plainName) {
    model = plainName;
    return this;
  }

  Draft usage(Usage value) {
    usage = value;
    return this;
  }

  Draft claimed(long nanoUsd) {
    claimedNanoUsd = nanoUsd;
    return this;
  }

  /** Where the attribute is missing, what is known of the duration stays. */
  Draft duration(Attribute attribute) {
    long millis = Numbers.amount(attributes, attribute);
    durationMillis = millis == UNKNOWN ? durationMillis : millis;
    return this;
  }

  Draft firstToken(long millis) {
    firstTokenMillis = millis;
    return this;
  }

  Draft tool(String toolName) {
    tool = Words.identifier(toolName);
    return this;
  }

  Draft call(String id) {
    callId = Words.identifier(id);
    return this;
  }

  Draft request(String id) {
    requestId = Words.identifier(id);
    return this;
  }

  Draft agent(String id, String parentId) {
    agentId = Words.identifier(id);
    parentAgentId = Words.identifier(parentId);
    return this;
  }

  Draft result(Result value) {
    result = value;
    return this;
  }

  Draft error(String word) {
    error = Words.identifier(word);
    return this;
  }

  Draft size(Attribute attribute) {
    size = Numbers.amount(attributes, attribute);
    return this;
  }

  /** Keeps an attribute that is read among the details, too. */
  Draft detail(Attribute attribute) {
    String value = Words.identifier(attributes.text(attribute));
    if (!value.isEmpty()) {
      more = new ArrayList<>(more);
      more.add(new Detail(attribute.wireName(), value));
    }
    return this;
  }

  AgentEvent event() {
    return new AgentEvent(
        fingerprint,
        atMillis,
        kind,
        name,
        signal,
        model,
        usage,
        Charge.NOTHING,
        claimedNanoUsd,
        durationMillis,
        firstTokenMillis,
        tool,
        callId,
        requestId,
        agentId,
        parentAgentId,
        result,
        error,
        size,
        details());
  }

  private List<Detail> details() {
    List<Detail> kept = kept(attributes);
    if (more.isEmpty()) {
      return kept;
    }
    List<Detail> all = new ArrayList<>(more);
    all.addAll(kept);
    return List.copyOf(all);
  }

  /**
   * What a timeline tells besides: the attributes that may be kept, as far as they are identifiers,
   * and of paths the extension.
   */
  private static List<Detail> kept(Attributes attributes) {
    List<Detail> details = new ArrayList<>(4);
    attributes.forEach(attribute -> {
      if (details.size() < MOST_DETAILS && isKept(attribute)) {
        String value = value(attributes, attribute);
        if (!value.isEmpty()) {
          details.removeIf(detail -> detail.name().equals(attribute.wireName()));
          details.add(new Detail(attribute.wireName(), value));
        }
      }
    });
    return List.copyOf(details);
  }

  private static boolean isKept(Attribute attribute) {
    return attribute.treatment() == Treatment.KEEP || attribute.treatment() == Treatment.PATH;
  }

  /** Of a list the first: more than one element is rare, and says little. */
  private static String value(Attributes attributes, Attribute attribute) {
    List<String> texts = attributes.texts(attribute);
    String text = texts.isEmpty() ? attributes.text(attribute) : texts.getFirst();
    return attribute.treatment() == Treatment.PATH ? Words.extension(text) : Words.identifier(text);
  }
}
