package dev.probity.web.overview;

import dev.probity.gateway.ExchangeQuery;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Parameters;
import dev.probity.identity.Keys;
import dev.probity.kernel.Clock;
import dev.probity.kernel.OrganizationId;
import dev.probity.telemetry.sessions.SessionFilter;
import dev.probity.telemetry.sessions.TelemetryStore;
import dev.probity.web.KeyNames;
import dev.probity.web.Pages;
import dev.probity.web.figures.TimeRange;
import dev.probity.web.overview.Overview.Option;
import dev.probity.web.sessions.Link;
import dev.probity.web.sessions.PersonNames;
import dev.probity.web.sessions.SessionParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is spent, by whom, on what: the first page. */
public final class OverviewPage {
  /** Dimensions that a list of sessions can be filtered by, too. */
  static final List<String> FILTERS =
      List.of("agent", "model", "person", "team", "repository", "branch");

  private static final String TELEMETRY = "telemetry";
  private static final String GATEWAY = "gateway";

  private final Pages pages;
  private final ExchangeQuery exchanges;
  private final TelemetryStore telemetry;
  private final Keys keys;
  private final Clock clock;

  public OverviewPage(
      Pages pages, ExchangeQuery exchanges, TelemetryStore telemetry, Keys keys, Clock clock) {
    this.pages = pages;
    this.exchanges = exchanges;
    this.telemetry = telemetry;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * The page's content.
   *
   * @param neverUsed nothing was ever logged or reported: the page says how to begin instead
   * @param base the address that clients use
   * @param source where its figures are from: telemetry or gateway
   * @param unused nothing ever came from this source
   */
  public record View(
      boolean neverUsed,
      String base,
      String source,
      boolean unused,
      List<Option> sources,
      List<Option> ranges,
      Overview overview) {}

  public Answer show(Call call) {
    Parameters query =
        call.query(
            "range",
            "metric",
            "source",
            "agent",
            "model",
            "person",
            "team",
            "repository",
            "branch",
            "plan");
    OrganizationId organization = call.caller().organization();
    boolean reported = isReported(organization);
    boolean measured = isMeasured(organization);
    // Requests are counted by the gateway alone.
    boolean usuallyGateway =
        measured && (!reported || query.text("metric").filter("requests"::equals).isPresent());
    String source =
        query
            .oneOf("source", List.of(TELEMETRY, GATEWAY))
            .orElse(usuallyGateway ? GATEWAY : TELEMETRY);
    TimeRange range = TimeRange.named(query.oneOf("range", TimeRange.names()).orElse("7d"));
    boolean isTelemetry = source.equals(TELEMETRY);
    String metric =
        query
            .oneOf("metric", isTelemetry ? TelemetryOverview.METRICS : GatewayOverview.METRICS)
            .orElse("spend");
    Link own =
        Link.to("/")
            .with("source", query.text("source").orElse(""))
            .with("range", range.name())
            .with("metric", metric)
            .keeping(query, isTelemetry ? SessionParameters.DIMENSIONS : List.of());
    long now = clock.millis();
    Overview overview =
        isTelemetry
            ? new TelemetryOverview(
                    new RangeSums(telemetry.sums(), organization, query),
                    query,
                    new PersonNames(telemetry.people(), organization),
                    range,
                    now,
                    own)
                .build(metric)
            : new GatewayOverview(
                    exchanges, organization, new KeyNames(keys, organization), range, now, own)
                .build(metric);
    View view =
        new View(
            !reported && !measured,
            call.origin().toString(),
            source,
            isTelemetry ? !reported : !measured,
            sources(range, source),
            ranges(own, range),
            overview);
    return pages.page("OverviewPage", "Overview", "overview", view);
  }

  /** The other source knows other metrics and other filters. */
  private static List<Option> sources(TimeRange range, String current) {
    Link plain = Link.to("/").with("range", range.name());
    return List.of(
        new Option(
            "Agents report", plain.with("source", TELEMETRY).toString(), current.equals(TELEMETRY)),
        new Option(
            "Gateway measured", plain.with("source", GATEWAY).toString(), current.equals(GATEWAY)));
  }

  private static List<Option> ranges(Link own, TimeRange current) {
    List<Option> options = new ArrayList<>();
    for (TimeRange range : TimeRange.ALL) {
      options.add(
          new Option(
              range.label(), own.with("range", range.name()).toString(), range.equals(current)));
    }
    return options;
  }

  private boolean isReported(OrganizationId organization) {
    return !telemetry
        .sessions()
        .list(organization, SessionFilter.ALL, 1, Optional.empty())
        .items()
        .isEmpty();
  }

  private boolean isMeasured(OrganizationId organization) {
    return !exchanges
        .list(organization, ExchangeQuery.Filter.ALL, 1, Optional.empty())
        .items()
        .isEmpty();
  }
}
