package dev.probity.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.probity.telemetry.EventKind;
import dev.probity.telemetry.Result;
import dev.probity.telemetry.SessionFacts;
import dev.probity.telemetry.office.Crew;
import dev.probity.telemetry.office.Said;
import dev.probity.testing.Browser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The live office in a real browser. What it sees is left in {@code target/screenshots}. */
@Tag("browser")
class OfficeBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final SessionFacts ADA = Said.facts("claude-code", "ada-1", "", "acme/app");
  private static final SessionFacts BOB = Said.facts("codex", "bob-1", "", "acme/app");
  private static final SessionFacts CYD = Said.facts("gemini-cli", "cyd/1", "", "");

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  private final TestPlane plane = TestPlane.empty();
  private final long now = plane.clock.millis();
  private final List<String> requested = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void launch() {
    browser = new Browser();
  }

  @AfterAll
  static void quit() {
    browser.close();
  }

  @AfterEach
  void nothingToComplainOf() {
    browser.closeTabs();
    String own = url("/");
    plane.close();
    List<String> complaints = browser.complaints();
    browser.forgetComplaints();
    assertThat(complaints).isEmpty();
    assertThat(requested).allSatisfy(url -> assertThat(url).startsWith(own));
  }

  @Test
  void everyState_fitsAndIsQuiet() {
    for (int size : new int[] {0, 5, 100}) {
      plane.telemetry.reports.clear();
      plane.telemetry.sessions.clear();
      plane.clock.advance(Duration.ofHours(2)); // Those of before have gone.
      seat(size);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        for (int width : new int[] {1280, 390}) {
          Page page = signedIn(width, scheme);
          for (String view : List.of("room", "table")) {
            page.navigate(url("/office?view=" + view));
            assertThat(page.locator("[data-as-of-words]")).containsText("Live");
            assertFits(page);
            shoot(page, "office-" + view + "-" + size + "-" + width + "-" + scheme);
          }
          page.context().close();
        }
      }
    }
  }

  @Test
  void emptyRoom_leadsToConnect_andFillsByItself() {
    Page page = office();
    assertThat(page.locator("[data-office-empty]")).containsText("Nobody is at work");
    assertThat(page.locator("[data-office-empty] a")).hasAttribute("href", "/connect");

    say(ADA, Said.at(now, EventKind.PROMPT));

    assertThat(page.locator(".desk-button")).hasCount(1);
    assertThat(page.locator("[data-office-empty]")).isHidden();
  }

  @Test
  void state_changesLive_andIsSaid() {
    Page page = office();
    say(ADA, Said.at(now, EventKind.PROMPT));
    Locator desk = page.locator(".desk-button");
    assertThat(desk)
        .hasAttribute("aria-label", "Ada's laptop, Claude Code in acme/app: Thinking, $0");
    assertThat(page.locator("[data-counts]")).containsText("1 at work");

    say(
        ADA,
        Said.called(now + 1, 100, 20_000_000),
        Said.decided(now + 1, "Edit", "c1", Result.ACCEPTED));
    assertThat(desk)
        .hasAttribute("aria-label", "Ada's laptop, Claude Code in acme/app: Editing (Edit), $0.02");

    say(ADA, Said.at(now + 2, EventKind.MODEL_ERROR));
    assertThat(desk).hasAttribute("data-state", "error");
    assertThat(page).hasTitle("(1) Live office · Probity");
    assertThat(page.locator("[data-said]")).containsText("1 with errors");

    say(ADA, Said.at(now + 3, EventKind.SESSION_END));
    assertThat(desk).hasCount(0);
  }

  @Test
  void keyboard_movesBetweenDesks_andOpensDetails() {
    Page page = office();
    sayThree();
    assertThat(page.locator(".desk-button")).hasCount(3);
    assertThat(page.locator(".desk-button[tabindex='0']")).hasCount(1);

    page.locator("select[name=state]").focus();
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasAttribute("data-desk", "claude-code/ada-1");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator(":focus")).hasAttribute("data-desk", "codex/bob-1");
    page.keyboard().press("End");
    assertThat(page.locator(":focus")).hasAttribute("data-desk", "gemini-cli/cyd/1");
    page.keyboard().press("ArrowLeft");
    page.keyboard().press("Home");
    page.keyboard().press("End");
    shoot(page, "office-focus");
    page.keyboard().press("Enter");

    Locator panel = page.locator("[data-panel]");
    assertThat(panel).isVisible();
    assertThat(panel).containsText("Gemini CLI");
    assertThat(panel.locator("a")).hasAttribute("href", "/sessions/cyd%2F1");
    shoot(page, "office-panel");
    page.keyboard().press("Escape");
    assertThat(panel).isHidden();
    assertThat(page.locator(":focus")).hasAttribute("data-desk", "gemini-cli/cyd/1");
  }

  @Test
  void layoutFiltersAndSound_surviveAReload_andNothingElseIsKept() {
    Page page = office();
    sayThree();
    assertThat(order(page))
        .isEqualTo(List.of("claude-code/ada-1", "codex/bob-1", "gemini-cli/cyd/1"));
    page.locator("[data-desk='claude-code/ada-1']").focus();
    page.keyboard().press("Shift+ArrowRight");
    assertThat(order(page))
        .isEqualTo(List.of("codex/bob-1", "claude-code/ada-1", "gemini-cli/cyd/1"));
    drag(page, "gemini-cli/cyd/1", "codex/bob-1");
    assertThat(order(page))
        .isEqualTo(List.of("gemini-cli/cyd/1", "codex/bob-1", "claude-code/ada-1"));
    Locator sound = page.locator("[data-sound]");
    assertThat(sound).hasText("Sound off");
    sound.click();
    page.locator("select[name=agent]").selectOption("codex");
    assertThat(page.locator(".desk-button")).hasCount(1);

    page.reload();

    assertThat(sound).hasText("Sound on");
    assertThat(sound).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("select[name=agent]")).hasValue("codex");
    assertThat(page.locator(".desk-button")).hasCount(1);
    page.locator("select[name=agent]").selectOption("");
    assertThat(page.locator(".desk-button")).hasCount(3);
    assertThat(order(page))
        .isEqualTo(List.of("gemini-cli/cyd/1", "codex/bob-1", "claude-code/ada-1"));
    sound.click();
    page.reload();
    assertThat(sound).hasText("Sound off");

    assertThat(page.evaluate("Object.keys(localStorage)")).isEqualTo(List.of("probity-office"));
    assertThat(page.evaluate("Object.keys(JSON.parse(localStorage['probity-office']))"))
        .isEqualTo(List.of("order", "filters", "sound"));
    assertThat(page.evaluate("sessionStorage.length + document.cookie.length")).isEqualTo(0);
    assertThat(page.context().cookies()).hasSize(1);
  }

  @Test
  void sound_isMadeForWhatNeedsAPerson_onlyWhenSwitchedOn() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.addInitScript(
        """
        window.tones = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.tones++; return start.call(this, at); };
        """);
    page.navigate(url("/office"));
    assertThat(page.locator("[data-as-of-words]")).containsText("Live");
    say(ADA, Said.at(now, EventKind.PROMPT));
    say(ADA, Said.at(now + 1, EventKind.MODEL_ERROR));
    assertThat(page.locator(".desk-button")).hasAttribute("data-state", "error");
    assertThat(page.evaluate("window.tones")).isEqualTo(0);

    page.locator("[data-sound]").click();
    Object before = page.evaluate("window.tones");
    waitFor(page, "performance.now() > 1500");
    say(ADA, Said.at(now + 2, EventKind.PROMPT));
    assertThat(page.locator(".desk-button")).hasAttribute("data-state", "thinking");
    assertThat(page.evaluate("window.tones")).isEqualTo(before);
    page.evaluate("window.from = performance.now()");
    waitFor(page, "performance.now() > window.from + 700");
    say(ADA, Said.at(now + 3, EventKind.ANSWER));
    waitFor(page, "window.tones > " + before);
  }

  @Test
  void loop_stopsWhenNothingMoves_andWithReducedMotion() {
    Page page = office();
    say(ADA, Said.at(now, EventKind.PROMPT));
    assertThat(page.locator(".desk-button")).hasCount(1);
    waitFor(page, "document.querySelector('canvas').officeStats.frames > 30");

    say(ADA, Said.at(now + 1, EventKind.ANSWER));
    assertThat(page.locator(".desk-button")).hasAttribute("data-state", "done");
    assertRests(page);

    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    say(ADA, Said.at(now + 2, EventKind.PROMPT));
    assertThat(page.locator(".desk-button")).hasAttribute("data-state", "thinking");
    assertRests(page);
  }

  @Test
  void frames_areBoundedWork_withAHundredAgents() {
    seat(100);
    Page page = office();
    page.setViewportSize(2240, 1400);
    assertThat(page.locator(".desk-button")).hasCount(100);
    assertThat(
            page.evaluate(
                "(v => v.scrollHeight - v.clientHeight)(document.querySelector('.office-view'))"))
        .as("all of them in sight")
        .isEqualTo(0);
    page.evaluate(
        """
        () => {
          const stats = document.querySelector("canvas").officeStats;
          Object.assign(stats, { frames: 0, draws: 0, mostDraws: 0, tiles: 0, fullFrames: 0 });
          window.since = performance.now();
        }
        """);
    waitFor(page, "document.querySelector('canvas').officeStats.frames >= 240");
    Object seconds = page.evaluate("(performance.now() - window.since) / 1000");
    @SuppressWarnings("unchecked")
    java.util.Map<String, Object> stats =
        (java.util.Map<String, Object>)
            page.evaluate("document.querySelector('canvas').officeStats");
    int frames = ((Number) stats.get("frames")).intValue();
    int draws = ((Number) stats.get("draws")).intValue();
    int most = ((Number) stats.get("mostDraws")).intValue();
    System.out.printf(
        "live office, 100 agents: %d frames in %.1f s, %.1f draws a frame, at most %d%n",
        frames, ((Number) seconds).doubleValue(), (double) draws / frames, most);

    // A tile is at most 13 pictures: 6 of furniture and words, 4 of sub-agents, and its ground.
    assertThat(most).isLessThanOrEqualTo(100 * 13 + 1);
    assertThat(draws / frames).isLessThan(100 * 13 / 4);
  }

  @Test
  void table_isLive_andFiltered() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/office?view=table"));
    assertThat(page.locator("[data-as-of-words]")).containsText("Live");
    sayThree();
    Locator rows = page.locator("tbody tr:visible");
    assertThat(rows).hasCount(3);
    say(ADA, Said.at(now + 5_000, EventKind.MODEL_ERROR));
    assertThat(page.locator("tr[data-desk='claude-code/ada-1'] .badge")).hasText("Error");
    page.locator("select[name=state]").selectOption("error");
    assertThat(rows).hasCount(1);
    say(ADA, Said.at(now + 6_000, EventKind.SESSION_END));
    assertThat(rows).hasCount(0);
    assertThat(page.locator("[data-counts] .badge")).hasCount(0);
  }

  @Test
  void table_isThereWithoutScripts() {
    seat(5);
    Page page = browser.openWithoutScripts(plane.doorHeaders());
    page.navigate(url(plane.signInPath()));
    for (String path : List.of("/office", "/office?view=table")) {
      page.navigate(url(path));
      assertThat(page.locator("tbody tr")).hasCount(5);
    }
  }

  @Test
  void replay_plays_andLeadsBackToNow() {
    plane.telemetry.reports.add(
        Said.report(
            ADA,
            List.of(
                Said.at(now - 3_000_000, EventKind.PROMPT),
                Said.decided(now - 2_990_000, "Bash", "c1", Result.ACCEPTED),
                Said.ran(now - 2_960_000, "Bash", "c1"),
                Said.at(now - 2_955_000, EventKind.ANSWER))));
    Page page = office();
    assertThat(page.locator("[data-office-empty]")).isVisible();
    page.locator("[data-replay-open]").click();
    page.locator("[name=day]").fill("2026-11-20");
    page.locator("[name=hour]").selectOption("14");
    page.locator("[data-replay-form] button").click();

    Locator desk = page.locator(".desk-button");
    assertThat(desk).hasAttribute("data-state", "thinking");
    assertThat(page.locator("[data-as-of-words]")).hasText("Replay");
    assertThat(page.locator("[data-replay-time]")).containsText("14:10:00");
    page.locator("[data-play]").click();
    assertThat(desk).hasAttribute("data-state", "shell");
    shoot(page, "office-replay");
    assertThat(desk).hasAttribute("data-state", "done");
    page.locator("[data-play]").click();
    page.locator("[data-scrub]").fill("1500000");
    assertThat(desk).hasAttribute("data-state", "away");
    page.locator("[data-replay-close]").click();
    assertThat(page.locator("[data-office-empty]")).isVisible();
    assertThat(page.locator("[data-as-of-words]")).containsText("Live");

    page.navigate(url("/office?at=" + (now - 3_600_000)));
    assertThat(page.locator("[data-replay-time]")).containsText("14:10:00");
  }

  @Test
  void namesFromOutside_areNeverMarkup() {
    SessionFacts bad = Said.facts("<img src=x>", "<b>", "<script>alert(1)</script>", "\"'><i>");
    say(bad, Said.at(now, EventKind.PROMPT));
    Page page = office();
    say(bad, Said.decided(now, "<u>x</u>", "c1", Result.ACCEPTED));
    page.locator(".desk-button").click();
    assertThat(page.locator("[data-panel]")).containsText("<script>");
    assertThat(page.locator("main img, main b, main i, main u")).hasCount(0);
    page.navigate(url("/office?view=table"));
    say(bad, Said.decided(now + 1, "<u>x</u>", "c2", Result.ACCEPTED));
    assertThat(page.locator("tbody tr .badge")).hasText("Using a tool");
    assertThat(page.locator("main img, main b, main i, main u")).hasCount(0);
  }

  private void seat(int size) {
    long at = plane.clock.millis();
    if (plane.telemetry.people.isEmpty()) {
      plane.telemetry.people.addAll(Crew.people());
    }
    Crew crew = new Crew(5, size, at - 1_500_000);
    crew.until(at).forEach(stored -> plane.telemetry.reports.add(stored.report()));
    plane.telemetry.sessions.addAll(crew.rows());
    plane.reports.publish(crew.until(at + 1));
  }

  private void sayThree() {
    say(ADA, Said.at(now, EventKind.PROMPT));
    say(BOB, Said.at(now + 1, EventKind.PROMPT));
    say(CYD, Said.at(now + 2, EventKind.PROMPT));
  }

  private void say(SessionFacts facts, Said... said) {
    long person = facts == ADA ? 1 : facts == BOB ? 2 : 0;
    plane.reports.publish(List.of(Said.stored(facts, person, List.of(said))));
  }

  private Page office() {
    plane.telemetry.people.addAll(Crew.people());
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/office"));
    assertThat(page.locator("[data-as-of-words]")).containsText("Live");
    return page;
  }

  private Page signedIn(int width, ColorScheme scheme) {
    Page page = browser.open(width, scheme, plane.doorHeaders());
    page.onRequest(request -> requested.add(request.url()));
    page.navigate(url(plane.signInPath()));
    return page;
  }

  /** The desks as they stand in the room: by rows, then from left to right. */
  private static Object order(Page page) {
    waitFor(page, "document.querySelectorAll('.desk-button').length === 3");
    return page.evaluate(
        """
        [...document.querySelectorAll(".desk-button")]
          .map(e => [e.getBoundingClientRect(), e.dataset.desk])
          .sort(([a], [b]) => a.y - b.y || a.x - b.x).map(([, id]) => id)
        """);
  }

  private static void drag(Page page, String from, String to) {
    var start = page.locator("[data-desk='" + from + "']").boundingBox();
    var end = page.locator("[data-desk='" + to + "']").boundingBox();
    page.mouse().move(start.x + start.width / 2, start.y + start.height / 2);
    page.mouse().down();
    page.mouse().move(start.x + start.width / 2 - 20, start.y + start.height / 2);
    page.mouse().move(end.x + end.width / 2, end.y + end.height / 2);
    page.mouse().up();
    // Letting go is no click.
    assertThat(page.locator("[data-panel]")).isHidden();
  }

  /** Playwright's own way of waiting makes code of text, which the page's policy forbids. */
  private static void waitFor(Page page, String condition) {
    page.evaluate(
        "async () => { for (let i = 0; !("
            + condition
            + "); i++) {"
            + " if (i > 400) throw new Error('in vain');"
            + " await new Promise(done => setTimeout(done, 50)); } }");
  }

  /** After a while to finish what it was at, no frame is drawn any more. */
  private static void assertRests(Page page) {
    page.evaluate(
        """
        async () => {
          const stats = document.querySelector("canvas").officeStats;
          const wait = millis => new Promise(done => setTimeout(done, millis));
          for (let i = 0; i < 100; i++) {
            const before = stats.frames;
            await wait(300);
            if (stats.frames === before) return;
          }
          throw new Error("frames are drawn without end");
        }
        """);
  }

  private static void assertFits(Page page) {
    Object wide =
        page.evaluate(
            """
            [...document.querySelectorAll("html, main, .card, .table-card, main table, .office-view")]
              .filter(e => e.scrollWidth > e.clientWidth + 1)
              .map(e => e.tagName + "." + e.className + " " + e.scrollWidth + ">" + e.clientWidth)
            """);
    assertThat((List<?>) wide).as(page.url() + " at " + page.viewportSize().width).isEmpty();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + plane.server.port() + path;
  }

  /** Pictures are for people to look at: on a busy machine Chromium sometimes fails to take one. */
  private static void shoot(Page page, String name) {
    try {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".png")));
    } catch (PlaywrightException e) {
      if (!String.valueOf(e.getMessage()).contains("Unable to capture screenshot")) {
        throw e;
      }
    }
  }
}
