package dev.probity.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.probity.kernel.KeyId;
import dev.probity.telemetry.AgentEvent;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.sessions.SessionRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What agents report, in a real browser. */
@Tag("browser")
class TelemetryBrowserTest extends PagesInBrowser {
  @Test
  void overview_isFilteredByItsBreakdowns() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/?range=30d"));
    page.getByRole(AriaRole.LINK, exactly("Codex CLI")).click();
    assertThat(page).hasURL(url("/?range=30d&metric=spend&agent=codex"));
    assertThat(page.locator(".chip")).containsText("agent Codex CLI");
    page.getByRole(AriaRole.LINK, exactly("payments")).click();
    assertThat(page.locator(".chip")).hasCount(2);
    page.getByRole(AriaRole.LINK, named("Tokens")).click();
    assertThat(page.locator(".chip")).hasCount(2);
    page.locator(".chip").first().click();
    assertThat(page.locator(".chip")).hasCount(1);
    page.getByRole(AriaRole.LINK, named("Gateway measured")).click();
    assertThat(page.locator("h2", hasText("Providers"))).isVisible();
    assertThat(page.locator(".chip")).hasCount(0);
  }

  @Test
  void bar_leadsToItsSessions() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/?range=30d&metric=sessions"));
    Locator bar = page.locator(".chart svg a[data-value='4']").first();
    bar.click();
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sessions\\?from=\\d+&to=\\d+"));
    assertThat(page.locator(".chip")).hasCount(2);
    assertThat(page.locator("tbody tr").first()).isVisible();
    page.getByLabel("Time").selectOption("1h");
    assertThat(page).hasURL(url("/sessions?range=1h"));
  }

  @Test
  void sessions_areFilteredPagedAndOpened() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/sessions"));
    page.getByRole(AriaRole.LINK, named("Older")).click();
    assertThat(page.locator("tbody tr")).hasCount(50);
    page.getByLabel("Agent").selectOption("gemini-cli");
    assertThat(page).hasURL(url("/sessions?agent=gemini-cli"));
    assertThat(page.locator("tbody .agent-line").first()).containsText("Gemini CLI");
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("Gemini CLI");
    page.navigate(url("/sessions?model=none"));
    assertThat(page.locator("[data-empty]")).containsText("No session matches");
    page.navigate(url("/sessions?person=x"));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("person");
    expectFailedLoads(400);
  }

  @Test
  void session_takesTheNewestRowsPlaceAsItGoesOn() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/sessions"));
    assertThat(page.locator("[data-live]")).hasText("Live");
    // Of the last day, so that it stands on the first page.
    SessionRow old = plane.telemetry.sessions.get(2);
    String row = "#session-" + Long.toHexString(old.ref());
    assertThat(page.locator(row)).hasCount(1);

    plane.reportNow(ended(old, old.facts().session(), old.startedAtMillis() + 49 * 3_600_000L));
    assertThat(page.locator(row)).containsText("2 d 1 h");
    assertThat(page.locator(row)).hasCount(1);
    SessionRow fresh = ended(old, "new-session", plane.clock.millis());
    plane.reportNow(fresh);
    assertThat(page.locator("tbody tr").first()).hasId("session-" + Long.toHexString(fresh.ref()));
    assertThat(page.locator("tbody tr")).hasCount(51);
    assertThat(page.locator("[data-live]")).containsText("new");
  }

  @Test
  void sessionPage_showsWhatCameSinceItWasOpened() {
    SessionRow session = plane.telemetry.sessions.get(1);
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/sessions/" + session.facts().session()));
    assertThat(page.locator("[data-refresh]")).hasText("Live");
    int turns = page.locator(".turn").count();
    page.locator(".turn summary").nth(1).click();
    assertThat(page.locator(".turn").nth(1).locator(".steps-list")).isVisible();
    page.keyboard().press("Escape");
    page.evaluate("document.activeElement.blur()");

    List<AgentEvent> events = new ArrayList<>(plane.telemetry.events.get(session.ref()));
    AgentEvent prompt =
        events.stream().filter(event -> event.kind() == EventKind.PROMPT).findFirst().orElseThrow();
    events.add(later(prompt, plane.clock.millis()));
    plane.telemetry.events.put(session.ref(), events);
    plane.reportNow(session);

    assertThat(page.locator(".turn")).hasCount(turns + 1);
    assertThat(page.locator(".turn").nth(1).locator(".steps-list")).isVisible();
  }

  @Test
  void longSession_isFoldedAndOpensAtOnce() {
    Page page = signedIn(390, ColorScheme.DARK);
    page.navigate(url("/sessions/" + plane.telemetry.sessions.get(1).facts().session()));
    assertThat(page.locator(".turn[open]")).hasCount(1);
    page.getByRole(AriaRole.BUTTON, named("Open all")).click();
    assertThat(page.locator(".turn:not([open])")).hasCount(0);
    assertFits(page);
    shoot(page, shot("session-open-390"));
  }

  @Test
  void sessionOfThousandsOfEvents_isCutAndSaysSo() {
    SessionRow session = plane.telemetry.sessions.get(3);
    List<AgentEvent> events = plane.telemetry.events.get(session.ref());
    List<AgentEvent> many = new ArrayList<>();
    for (int i = 0; i < 2_100; i++) {
      AgentEvent event = events.get(i % events.size());
      many.add(later(event, session.startedAtMillis() + i * 1_000L));
    }
    plane.telemetry.events.put(session.ref(), many);
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/sessions/" + session.facts().session()));
    assertThat(page.locator(".notice")).containsText("first 2,000 events");
    assertFits(page);
  }

  @Test
  void agentIsConnected_withAKeyOfItsOwn_andItsFirstReportIsSeen() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/connect"));
    page.getByRole(AriaRole.LINK, named("Gemini CLI")).first().click();
    assertThat(page).hasURL(url("/connect?agent=gemini-cli#agents"));
    page.getByLabel("Person who will hold it").fill("Ada Lovelace");
    page.getByRole(AriaRole.BUTTON, named("Make a key")).click();
    String key = page.locator("#new-key").textContent();
    KeyId id = plane.ring.authenticate(key).orElseThrow().key();
    assertThat(plane.ring.personOf(id)).contains("Ada Lovelace");
    assertThat(page.locator("#agent-0")).containsText("http://127.0.0.1:4318");
    assertThat(page.locator("#agent-1")).containsText("x-api-key=" + key);
    assertThat(page.locator("[data-wait]")).containsText("Waiting for the first report");
    shoot(page, shot("connect-created-1280"));

    SessionRow another = plane.telemetry.sessions.get(2);
    plane.reportNow(another);
    SessionRow first = withKey(another, id);
    plane.reportNow(first);

    assertThat(page.locator("[data-wait]")).containsText("has reported. See its sessions");
    page.navigate(url("/connect"));
    assertThat(page.content()).doesNotContain(key);
    page.navigate(url("/keys"));
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("Gemini CLI, Ada Lovelace")))
        .hasCount(1);
  }

  @Test
  void everythingWorksWithoutScripts() {
    Page page = browser.openWithoutScripts(plane.doorHeaders());
    page.navigate(url(plane.signInPath()));
    page.navigate(url("/sessions"));
    page.locator("tbody a").first().click();
    assertThat(page.locator(".turn").first()).isVisible();
    page.navigate(url("/connect?agent=codex"));
    page.getByRole(AriaRole.BUTTON, named("Make a key")).click();
    assertThat(page.locator("#agent-0")).containsText(page.locator("#new-key").textContent());
  }

  @Test
  void namesFromAgents_areNeverMarkup() {
    SessionRow one = plane.telemetry.sessions.get(4);
    SessionFacts facts =
        new SessionFacts(
            "<img src=x onerror=alert(1)>",
            "\"><script>alert(1)</script>/../ü",
            "<b>1</b>",
            "",
            "",
            "",
            "",
            "<i>team</i>",
            "<s>repo</s>",
            "<u>branch</u>",
            "<p>t",
            "api",
            "<q>",
            "<x>");
    plane.telemetry.sessions.add(
        new SessionRow(
            99_999,
            one.organization(),
            facts,
            one.person(),
            one.key(),
            plane.clock.millis() - 1_000,
            plane.clock.millis(),
            List.of("<img src=y>"),
            one.source(),
            one.figures(),
            one.place(),
            one.gateway()));
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/sessions"));
    assertThat(page.locator("main img, main script, main i, main s")).hasCount(0);
    page.locator("tbody a").first().click();
    assertThat(page.locator("#session-id")).hasText(facts.session());
    assertThat(page.locator("main img, main script, main i, main s, main u")).hasCount(0);
  }

  @Test
  void keyboard_reachesTheNewPages() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.keyboard().press("g");
    page.keyboard().press("s");
    assertThat(page).hasURL(url("/sessions"));
    page.keyboard().press("g");
    page.keyboard().press("h");
    assertThat(page).hasURL(url("/telemetry"));
    assertThat(page.locator("[data-refresh]")).hasText("Live");
    page.keyboard().press("p");
    assertThat(page.locator("[data-refresh]")).hasText("Paused");
    for (String path : List.of("/", "/sessions", "/telemetry", "/connect")) {
      page.navigate(url(path));
      Object unreachable =
          page.evaluate(
              """
              [...document.querySelectorAll("main button, main input, main select, main summary")]
                .filter(e => e.offsetParent && e.tabIndex < 0).map(e => e.outerHTML)
              """);
      assertThat((List<?>) unreachable).as(path).isEmpty();
      Object nameless =
          page.evaluate(
              """
              [...document.querySelectorAll("main a[href], main button")]
                .filter(e => e.offsetParent && !e.closest("svg")
                  && !(e.textContent.trim() || e.getAttribute("aria-label")))
                .map(e => e.outerHTML)
              """);
      assertThat((List<?>) nameless).as(path).isEmpty();
    }
  }

  private static SessionRow ended(SessionRow row, String id, long endedAt) {
    SessionFacts facts = row.facts();
    SessionFacts changed =
        new SessionFacts(
            facts.agent(),
            id,
            facts.clientVersion(),
            "",
            "",
            "",
            "",
            facts.team(),
            facts.repository(),
            facts.branch(),
            "",
            "",
            "",
            "");
    boolean isNew = !id.equals(facts.session());
    return new SessionRow(
        isNew ? row.ref() + 70_000 : row.ref(),
        row.organization(),
        changed,
        row.person(),
        row.key(),
        isNew ? endedAt - 1_000 : row.startedAtMillis(),
        endedAt,
        row.models(),
        row.source(),
        row.figures(),
        row.place(),
        row.gateway());
  }

  private static SessionRow withKey(SessionRow row, KeyId key) {
    return new SessionRow(
        row.ref(),
        row.organization(),
        row.facts(),
        row.person(),
        key,
        row.startedAtMillis(),
        row.endedAtMillis(),
        row.models(),
        row.source(),
        row.figures(),
        row.place(),
        row.gateway());
  }

  private static AgentEvent later(AgentEvent event, long at) {
    return new AgentEvent(
        at,
        at,
        event.kind(),
        event.name(),
        event.signal(),
        event.model(),
        event.usage(),
        event.charge(),
        event.claimedNanoUsd(),
        event.durationMillis(),
        event.firstTokenMillis(),
        event.tool(),
        event.callId(),
        event.requestId(),
        event.agentId(),
        event.parentAgentId(),
        event.result(),
        event.error(),
        event.size(),
        event.details());
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
