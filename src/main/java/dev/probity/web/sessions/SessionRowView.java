package dev.probity.web.sessions;

import dev.probity.telemetry.sessions.Figure;
import dev.probity.telemetry.sessions.Figures;
import dev.probity.telemetry.sessions.GatewaySums;
import dev.probity.telemetry.sessions.SessionRow;
import dev.probity.web.figures.Format;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the list of sessions, as it stands there and as it comes in live.
 *
 * @param person the label; empty if it is not known
 */
public record SessionRowView(SessionRow session, String person) {
  static SessionRowView of(SessionRow session, PersonNames people) {
    return new SessionRowView(session, people.of(session.person()));
  }

  public String link() {
    return link(session);
  }

  static String link(SessionRow session) {
    return Link.to("/sessions/" + encoded(session.facts().session()))
        .with("agent", session.facts().agent())
        .toString();
  }

  /** For a segment of a path: agents choose their own ids. */
  static String encoded(String id) {
    return java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8)
        .replace("+", "%20");
  }

  public Figures figures() {
    return session.figures();
  }

  public long figure(Figure figure) {
    return session.figures().get(figure);
  }

  /** The element's id; the store's number may be negative. */
  public String elementId() {
    return "session-" + Long.toHexString(session.ref());
  }

  public String duration() {
    return Format.duration(session.endedAtMillis() - session.startedAtMillis());
  }

  /** Repository and branch, as far as they are known. */
  public String where() {
    return Stream.of(session.facts().repository(), session.facts().branch())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  public String models() {
    List<String> models = session.models();
    return models.isEmpty() ? "no model call" : String.join(", ", models);
  }

  public boolean isUnpriced() {
    return figure(Figure.UNPRICED) > 0;
  }

  /** What is said of the gateway: empty if it did not see the session. */
  public String gatewayMark() {
    if (session.gateway().isEmpty()) {
      return "";
    }
    return differs() ? "differs" : "agrees";
  }

  public boolean differs() {
    return session
        .gateway()
        .filter(gateway -> Difference.of(session.figures(), gateway).isNotable(gateway))
        .isPresent();
  }

  /** The difference in words. */
  public String differenceText() {
    if (session.gateway().isEmpty()) {
      return "";
    }
    GatewaySums gateway = session.gateway().get();
    Difference difference = Difference.of(session.figures(), gateway);
    return "Against what the gateway measured: "
        + Format.signed(difference.tokens())
        + " tokens, "
        + Format.signedUsd(difference.nanoUsd());
  }
}
