package dev.probity.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.probity.telemetry.Place;
import dev.probity.testing.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The globe in a real browser. What it sees is left in {@code target/screenshots}. */
@Tag("browser")
class GlobeBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  private final TestPlane plane = TestPlane.withPlaces(GlobeTest.CITIES);
  private final List<String> hosts = new CopyOnWriteArrayList<>();

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
    plane.close();
    List<String> complaints = browser.complaints();
    browser.forgetComplaints();
    assertThat(complaints).isEmpty();
    assertThat(hosts).allMatch("127.0.0.1"::equals);
  }

  @Test
  void page_fitsAndIsQuiet() {
    SamplePlaces.addTo(plane.telemetry, plane.clock.millis());
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, 900, 390}) {
        Page page = open(width, scheme);
        page.navigate(url("/globe?range=30d"));
        awaitLand(page);
        assertFits(page);
        shoot(page, "globe-full-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        page.context().close();
      }
    }
    assertThat(hosts).isNotEmpty();
  }

  @Test
  void emptyPage_fits_andTheFirstPlaceTakesItsPlace() {
    Page page = open(390, ColorScheme.LIGHT);
    page.navigate(url("/globe"));
    assertThat(page.locator("[data-globe-waiting]")).isVisible();
    assertFits(page);
    shoot(page, "globe-empty-390-light");

    SamplePlaces.addTo(plane.telemetry, plane.clock.millis());
    plane.reports.publish(List.of(SamplePlaces.stored(SamplePlaces.BERLIN, "codex", "one")));

    assertThat(page.locator("[data-globe]")).isVisible();
  }

  @Test
  void switchedOffPage_saysHowToSwitchOn() {
    try (TestPlane off = TestPlane.empty()) {
      for (int width : new int[] {1280, 390}) {
        Page page = browser.open(width, ColorScheme.DARK, off.doorHeaders());
        page.navigate("http://127.0.0.1:" + off.server.port() + off.signInPath());
        page.navigate("http://127.0.0.1:" + off.server.port() + "/globe");
        assertThat(page.locator("h2").first()).hasText("Places are switched off");
        assertFits(page);
        shoot(page, "globe-off-" + width + "-dark");
      }
    }
  }

  @Test
  void globe_turnsByItself_stopsUnderThePointer_andTurnsByHand() {
    Page page = openFull(ReducedMotion.NO_PREFERENCE);
    Locator globe = page.locator("[data-globe]");
    double start = longitude(globe);
    page.waitForCondition(() -> longitude(globe) < start - 0.4);

    BoundingBox box = globe.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + 30);
    settle(page);
    double held = longitude(globe);
    settle(page);
    assertThat(longitude(globe)).isEqualTo(held);

    page.mouse().down();
    page.mouse()
        .move(
            box.x + box.width / 2 - 100,
            box.y + 30,
            new com.microsoft.playwright.Mouse.MoveOptions().setSteps(5));
    page.mouse().up();
    page.waitForCondition(() -> longitude(globe) > held + 10);
    Locator turn = page.getByRole(AriaRole.BUTTON, named("Turn by itself"));
    assertThat(turn).hasAttribute("aria-pressed", "false");

    page.mouse().wheel(0, -400);
    page.waitForCondition(() -> number(globe, "data-zoom") > 1.5);
    shoot(page, "globe-close-1280-light");
    page.mouse().wheel(0, 4000);
    page.waitForCondition(() -> number(globe, "data-zoom") == 1);
  }

  @Test
  void globe_isTurnedWithTheKeyboard() {
    Page page = openFull(ReducedMotion.NO_PREFERENCE);
    Locator globe = page.locator("[data-globe]");
    globe.focus();
    page.keyboard().press("ArrowRight");
    settle(page);
    double start = longitude(globe);
    double up = number(globe, "data-latitude");
    page.keyboard().press("ArrowRight");
    page.waitForCondition(() -> Math.abs(longitude(globe) - start - 10) < 0.2);
    page.keyboard().press("ArrowUp");
    page.waitForCondition(() -> Math.abs(number(globe, "data-latitude") - up - 10) < 0.2);
    page.keyboard().press("+");
    page.waitForCondition(() -> number(globe, "data-zoom") == 1.4);
    for (int i = 0; i < 30; i++) {
      page.keyboard().press("ArrowDown");
    }
    page.waitForCondition(() -> number(globe, "data-latitude") == -85);
    page.keyboard().press("-");
    page.waitForCondition(() -> number(globe, "data-zoom") == 1);
  }

  @Test
  void globe_staysStill_whereMotionIsNotWanted() {
    Page page = openFull(ReducedMotion.REDUCE);
    Locator globe = page.locator("[data-globe]");
    double start = longitude(globe);
    settle(page);
    assertThat(longitude(globe)).isEqualTo(start);
    assertThat(page.getByRole(AriaRole.BUTTON, named("Turn by itself")))
        .hasAttribute("aria-pressed", "false");

    page.getByRole(AriaRole.BUTTON, named("Tokyo")).click();
    page.waitForCondition(() -> Math.abs(longitude(globe) - 139.7) < 0.2);
    assertThat(page.locator(".tip")).containsText("Tokyo: ");
  }

  @Test
  void point_saysWhatItIs() {
    Page page = openFull(ReducedMotion.REDUCE);
    page.getByRole(AriaRole.BUTTON, named("São Paulo")).click();
    Locator globe = page.locator("[data-globe]");
    page.waitForCondition(() -> Math.abs(longitude(globe) + 46.6) < 0.2);
    page.keyboard().press("Tab");
    assertThat(page.locator(".tip")).isHidden();

    BoundingBox box = globe.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);

    assertThat(page.locator(".tip")).containsText("São Paulo: ");
    assertThat(page.locator("tr.shown")).hasCount(1);
    shoot(page, "globe-tip-1280-light");
  }

  @Test
  void news_pulseWhereTheyHappen() {
    Page page = openFull(ReducedMotion.NO_PREFERENCE);
    assertThat(page.locator("[data-globe-state-text]")).hasText("Live");

    plane.reports.publish(
        List.of(
            SamplePlaces.stored(SamplePlaces.BERLIN, "codex", "one"),
            SamplePlaces.stored(new Place("IS", "Reykjavík", 641, -219), "codex", "two")));

    assertThat(page.locator("[data-globe-state-text]")).hasText("Live · 2 active");
    assertThat(page.locator("[data-globe]")).hasAttribute("data-pulses", Pattern.compile("[1-9]"));
    shoot(page, "globe-pulse-1280-light");
    assertThat(page.locator("tr[data-place='DE/Berlin'] time")).hasText("now");
    assertThat(page.locator("[data-globe-note]")).containsText("New: Reykjavík");
  }

  @Test
  void table_isThereWithoutScripts() {
    SamplePlaces.addTo(plane.telemetry, plane.clock.millis());
    Page page = browser.openWithoutScripts(plane.doorHeaders());
    page.navigate(url(plane.signInPath()));
    page.navigate(url("/globe"));
    assertThat(page.locator("tr[data-place]")).hasCount(15);
    assertThat(page.locator("[data-globe]")).isHidden();
    shoot(page, "globe-scriptless-1280-light");
  }

  /** Land that holds the point behind the globe must not fill the sea in front of it. */
  @Test
  void sea_isSea_whereverItIsLookedAtFrom() {
    Page page = openFull(ReducedMotion.REDUCE);
    Locator globe = page.locator("[data-globe]");
    globe.focus();
    Object wrong =
        page.evaluate(
            """
            () => {
              const canvas = document.querySelector("[data-globe]");
              const copy = document.createElement("canvas");
              [copy.width, copy.height] = [canvas.width, canvas.height];
              const pen = copy.getContext("2d", { willReadFrequently: true });
              const press = (key) => canvas.dispatchEvent(new KeyboardEvent("keydown", { key }));
              const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
              // Open sea and the middle of land, away from lines, shores and the sample's places.
              const sea = [[-41, 28], [-25, -40], [-152, 12], [-118, -42], [80, -22], [167, 28], [65, -45], [-142, 40]];
              const soil = [[103, 62], [20, 24], [-57, -10], [134, -25], [-102, 57], [98, 40], [63, 50], [25, 2]];
              const light = (longitude, latitude) => {
                const [l, p] = [canvas.dataset.longitude * Math.PI / 180, canvas.dataset.latitude * Math.PI / 180];
                const [a, b] = [longitude * Math.PI / 180 - l, latitude * Math.PI / 180];
                const x = Math.cos(b) * Math.sin(a);
                const y = Math.cos(p) * Math.sin(b) - Math.sin(p) * Math.cos(b) * Math.cos(a);
                const z = Math.sin(p) * Math.sin(b) + Math.cos(p) * Math.cos(b) * Math.cos(a);
                if (z < 0.25) return null;
                const radius = canvas.width / 2 - 8 * canvas.width / canvas.clientWidth;
                const [r, g, blue] = pen.getImageData(canvas.width / 2 + radius * x, canvas.width / 2 - radius * y, 1, 1).data;
                return r + g + blue;
              };
              // Sea by night is still lighter than land by day.
              const look = () => [...sea.map((at) => [at, light(...at)]).filter(([, it]) => it !== null && it < 617),
                ...soil.map((at) => [at, light(...at)]).filter(([, it]) => it !== null && it > 617)]
                .map((found) => `from ${canvas.dataset.longitude} ${canvas.dataset.latitude}: ${found}`);
              return (async () => {
                const wrong = [];
                for (let i = 0; i < 17; i++) press("ArrowDown");
                for (let row = 0; row < 9; row++) {
                  for (let column = 0; column < 18; column++) {
                    press("ArrowRight");
                    press("ArrowRight");
                    await frame();
                    pen.drawImage(canvas, 0, 0);
                    wrong.push(...look());
                  }
                  press("ArrowUp");
                  press("ArrowUp");
                }
                return wrong;
              })();
            }
            """);
    assertThat((List<?>) wrong).isEmpty();
  }

  private Page openFull(ReducedMotion motion) {
    SamplePlaces.addTo(plane.telemetry, plane.clock.millis());
    Page page = open(1280, ColorScheme.LIGHT);
    page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(motion));
    page.navigate(url("/globe"));
    awaitLand(page);
    return page;
  }

  private Page open(int width, ColorScheme scheme) {
    Page page = browser.open(width, scheme, plane.doorHeaders());
    page.onRequest(request -> {
      if (!request.url().startsWith("data:")) {
        hosts.add(URI.create(request.url()).getHost());
      }
    });
    page.navigate(url(plane.signInPath()));
    return page;
  }

  private static void awaitLand(Page page) {
    assertThat(page.locator("[data-globe]"))
        .hasAttribute("data-rings", Pattern.compile("[1-9][0-9]{2}"));
    settle(page);
  }

  /** Waits for some pictures to be drawn. */
  private static void settle(Page page) {
    page.evaluate(
        "() => new Promise(done => { let n = 8; const f = () => --n ? requestAnimationFrame(f) : done(); f(); })");
  }

  private static double longitude(Locator globe) {
    return number(globe, "data-longitude");
  }

  private static double number(Locator globe, String attribute) {
    return Double.parseDouble(globe.getAttribute(attribute));
  }

  private static void assertFits(Page page) {
    Object wide =
        page.evaluate(
            """
            [...document.querySelectorAll("html, main, .card, .table-card, main table")]
              .filter(e => e.scrollWidth > e.clientWidth + 1)
              .map(e => e.tagName + "." + e.className + " " + e.scrollWidth + ">" + e.clientWidth)
            """);
    assertThat((List<?>) wide).as(page.url() + " at " + page.viewportSize().width).isEmpty();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + plane.server.port() + path;
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Pictures are for people to look at: on a busy machine Chromium sometimes fails to take one. */
  private static void shoot(Page page, String name) {
    try {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve(name + ".png"))
              .setFullPage(true));
    } catch (PlaywrightException e) {
      if (!String.valueOf(e.getMessage()).contains("Unable to capture screenshot")) {
        throw e;
      }
    }
  }
}
