package dev.probity.web.sessions;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.identity.Keys;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Usage;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.CapturedText;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.GatewaySums;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.KeyNames;
import dev.probity.web.Pages;
import dev.probity.web.figures.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** One session: its figures, what the gateway measured of it, and everything that happened. */
public final class SessionPage {
  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_TEXTS = 200;

  private final Pages pages;
  private final TelemetryStore telemetry;
  private final ExchangeQuery exchanges;
  private final Keys keys;

  public SessionPage(Pages pages, TelemetryStore telemetry, ExchangeQuery exchanges, Keys keys) {
    this.pages = pages;
    this.telemetry = telemetry;
    this.exchanges = exchanges;
    this.keys = keys;
  }

  /**
   * The page's content.
   *
   * @param compared what the agent said beside what the gateway measured; empty if it did not see
   *     it
   * @param unreported exchanges of the session that the agent did not report
   * @param texts prompts and answers that were captured, redacted; nearly always none
   */
  public record View(
      SessionRowView row,
      String keyName,
      List<Compared> compared,
      int unreported,
      Lanes lanes,
      TimelineView timeline,
      List<CapturedText> texts,
      String csv,
      String json,
      String exchanges,
      String live) {
    public SessionRow session() {
      return row.session();
    }

    public long figure(Figure figure) {
      return row.figure(figure);
    }

    /** Which signal the figures were taken from, in words. */
    public String source() {
      return switch (session().source()) {
        case LOG -> "the agent's events";
        case SPAN -> "the agent's spans";
        case METRIC -> "the agent's metrics: it sent no events";
      };
    }

    public String plan() {
      SessionFacts facts = session().facts();
      String name = facts.planName().isEmpty() ? "" : " (" + facts.planName() + ")";
      return facts.plan().isEmpty() ? "–" : facts.plan() + name;
    }

    public boolean isSubscription() {
      return session().facts().plan().equals(SessionFacts.PLAN_SUBSCRIPTION);
    }
  }

  /** A figure as both sides have it. */
  public record Compared(String label, String said, String measured, String difference) {}

  public Answer show(Call call) {
    Parameters query = call.query("agent");
    OrganizationId organization = call.caller().organization();
    SessionRow session =
        SessionsApi.one(telemetry.sessions(), organization, call, query.text("agent"));
    List<AgentEvent> events =
        telemetry.sessions().events(organization, session.ref(), MOST_EVENTS + 1);
    List<AgentEvent> shown = events.subList(0, Math.min(MOST_EVENTS, events.size()));
    MeasuredCalls measured = MeasuredCalls.of(session, exchanges);
    String id = session.facts().session();
    Link api =
        Link.to("/api/sessions/" + SessionRowView.encoded(id))
            .with("agent", session.facts().agent());
    View view =
        new View(
            SessionRowView.of(session, new PersonNames(telemetry.people(), organization)),
            new KeyNames(keys, organization).of(session.key()),
            session.gateway().map(sums -> compared(session.figures(), sums)).orElse(List.of()),
            events.size() > MOST_EVENTS ? 0 : measured.unreported(shown),
            Lanes.of(shown),
            TimelineView.of(shown, measured, events.size() > MOST_EVENTS ? MOST_EVENTS : 0),
            telemetry.sessions().texts(organization, session.ref(), MOST_TEXTS),
            api.with("format", "csv").with("limit", 10_000).toString(),
            api.toString(),
            measured.exchanges().isEmpty()
                ? ""
                : Link.to("/exchanges").with("session", id).toString(),
            Link.to("/telemetry/live")
                .with("agent", session.facts().agent())
                .with("session", id)
                .toString());
    return pages.page("SessionPage", "Session " + id, "sessions", view);
  }

  static List<Compared> compared(Figures said, GatewaySums measured) {
    List<Compared> rows = new ArrayList<>();
    rows.add(number("Model calls", said.get(Figure.MODEL_CALLS), measured.modelCalls()));
    rows.add(tokens("Input, not cached", said, measured, Usage::uncachedInput));
    rows.add(tokens("Read from the cache", said, measured, Usage::cacheRead));
    rows.add(
        tokens("Written to the cache", said, measured, u -> u.cacheWrite5m() + u.cacheWrite1h()));
    rows.add(tokens("Output", said, measured, Usage::output));
    rows.add(tokens("All tokens", said, measured, Usage::total));
    long charge = said.get(Figure.CHARGE_NANO_USD);
    rows.add(money("Charge by the price book", charge, measured.chargeNanoUsd()));
    FigureJson.claimed(said)
        .ifPresent(claimed ->
            rows.add(money("What the agent says it cost", claimed, measured.chargeNanoUsd())));
    return List.copyOf(rows);
  }

  private static Compared tokens(
      String label, Figures said, GatewaySums measured, ToLongFunction<Usage> part) {
    return number(label, part.applyAsLong(said.usage()), part.applyAsLong(measured.usage()));
  }

  private static Compared number(String label, long said, long measured) {
    return new Compared(
        label, Format.number(said), Format.number(measured), Format.signed(said - measured));
  }

  private static Compared money(String label, long said, long measured) {
    return new Compared(
        label, Format.usd(said), Format.usd(measured), Format.signedUsd(said - measured));
  }
}
