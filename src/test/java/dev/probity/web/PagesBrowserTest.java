package dev.probity.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.probity.gateway.Exchange;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages in a real browser. What it sees is left in {@code target/screenshots}. */
@Tag("browser")
class PagesBrowserTest extends PagesInBrowser {
  @Test
  void everyPage_fitsAndIsQuiet_whenFull() {
    String exchange = withTrailOf("overloaded").id().toString();
    List<String> paths =
        List.of(
            "/",
            "/?source=gateway",
            "/?source=gateway&range=24h&metric=tokens",
            "/?range=30d&metric=value&agent=claude-code",
            "/sessions",
            "/sessions?agent=codex&range=7d",
            session(0),
            session(1),
            "/telemetry",
            "/routing",
            "/exchanges",
            "/exchanges?outcome=cancelled&range=30d",
            "/exchanges/" + exchange,
            "/models",
            "/keys",
            "/connect",
            "/sign-in");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : new int[] {1280, 390}) {
        Page page = signedIn(width, scheme);
        for (String path : paths) {
          look(page, path, "full");
        }
        page.context().close();
      }
    }
  }

  @Test
  void everyPage_fitsAndIsQuiet_whenEmpty() {
    plane.close();
    plane = TestPlane.empty();
    for (int width : new int[] {1280, 390}) {
      Page page = signedIn(width, ColorScheme.LIGHT);
      for (String path :
          List.of(
              "/",
              "/sessions",
              "/telemetry",
              "/routing",
              "/exchanges",
              "/models",
              "/keys",
              "/connect")) {
        look(page, path, "empty");
      }
      page.context().close();
    }
  }

  @Test
  void exchangesOfEveryKind_haveTheirPage() {
    Page page = signedIn(390, ColorScheme.LIGHT);
    for (String trail :
        List.of("connect_timeout", "\"lab\"", "\"candidates\":[],\"attempts\":[]")) {
      page.navigate(url("/exchanges/" + withTrailOf(trail).id()));
      assertFits(page);
      assertThat(page.locator("h1")).containsText("ex_");
    }
  }

  @Test
  void visitor_isToldHowToSignIn_andTheLinkWorksOnce() {
    Page page = browser.open(1280, ColorScheme.LIGHT, plane.doorHeaders());
    page.navigate(url("/keys"));
    assertThat(page.getByRole(AriaRole.HEADING)).containsText("Sign in");

    String link = plane.signInPath();
    page.navigate(url(link));
    assertThat(page).hasURL(url("/"));
    assertThat(page.locator("h1")).hasText("Overview");

    page.navigate(url(link));
    assertThat(page.locator("h1")).containsText("used or is too old");
    page.navigate(url("/keys"));
    page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
    assertThat(page).hasURL(url("/sign-in"));
    page.navigate(url("/keys"));
    assertThat(page.locator("h1")).containsText("Sign in");
    expectFailedLoads(401, 410);
  }

  @Test
  void key_isCreatedShownOnceCopiedAndRevoked() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/keys"));
    page.getByLabel("Name").fill("phone");
    page.getByRole(AriaRole.BUTTON, named("Create")).click();
    String key = page.locator("#new-key").textContent();
    assertThat(plane.ring.authenticate(key)).isPresent();
    shoot(page, shot("key-created-1280"));
    page.getByRole(AriaRole.BUTTON, named("Copy")).click();
    assertThat(page.locator("#toast")).hasText("Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(key);

    page.navigate(url("/keys"));
    assertThat(page.content()).doesNotContain(key);
    page.getByRole(AriaRole.LINK, named("Revoke phone")).click();
    assertThat(page.locator("dialog#revoke")).containsText("Revoke phone?");
    shoot(page, shot("key-revoke-1280"));
    page.getByRole(AriaRole.BUTTON, named("Keep it")).click();
    assertThat(plane.ring.authenticate(key)).isPresent();
    page.getByRole(AriaRole.LINK, named("Revoke phone")).click();
    page.getByRole(AriaRole.BUTTON, named("Revoke the key")).click();

    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("phone")))
        .containsText("revoked");
    assertThat(plane.ring.authenticate(key)).isEmpty();
  }

  @Test
  void key_isCreatedAndRevokedWithoutScripts() {
    Page page = browser.openWithoutScripts(plane.doorHeaders());
    page.navigate(url(plane.signInPath()));
    page.navigate(url("/keys"));
    page.getByLabel("Name").fill("robot");
    page.getByRole(AriaRole.BUTTON, named("Create")).click();
    String key = page.locator("#new-key").textContent();
    page.navigate(url("/keys"));
    page.getByRole(AriaRole.LINK, named("Revoke robot")).click();
    assertThat(page.locator("h1")).hasText("Revoke robot?");
    page.getByRole(AriaRole.BUTTON, named("Revoke the key")).click();

    assertThat(page).hasURL(url("/keys"));
    assertThat(plane.ring.authenticate(key)).isEmpty();
  }

  @Test
  void newExchange_appearsByItself_andWaitsWhilePaused() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/exchanges"));
    Locator live = page.locator("[data-live]");
    assertThat(live).hasText("Live");

    Exchange first = plane.exchangeNow();
    assertThat(page.locator("tbody tr").first()).hasId(first.id().toString());
    assertThat(live).hasText("Live · 1 new");
    shoot(page, shot("exchanges-live-1280"));

    live.click();
    assertThat(live).hasText("Paused");
    Exchange unseen = plane.exchangeNow();
    live.click();
    assertThat(live).hasText("Live");
    Exchange second = plane.exchangeNow();
    assertThat(page.locator("tbody tr").first()).hasId(second.id().toString());
    assertThat(page.locator("#" + unseen.id())).hasCount(0);

    page.locator("tbody tr").first().click();
    assertThat(page).hasURL(url("/exchanges/" + second.id()));
  }

  @Test
  void firstExchangeEver_takesTheEmptyStatesPlace() {
    plane.close();
    plane = TestPlane.empty();
    Page page = signedIn(390, ColorScheme.LIGHT);
    page.navigate(url("/exchanges"));
    assertThat(page.locator("[data-live]")).hasText("Live");
    assertThat(page.locator("h2").first()).hasText("Waiting for the first exchange");

    plane.exchangeNow();

    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("[data-empty]")).hasCount(0);
    assertFits(page);
  }

  @Test
  void filters_applyThemselvesAndStandInTheAddress() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/exchanges"));
    page.getByLabel("Outcome").selectOption("refused");
    assertThat(page).hasURL(url("/exchanges?outcome=refused"));
    assertThat(page.locator("tbody .badge").first()).hasText("404 refused");
    page.getByLabel("Model").fill("no-such-model");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-empty]")).containsText("No exchange matches");
    page.getByRole(AriaRole.LINK, named("Clear")).click();
    page.getByRole(AriaRole.LINK, named("Older")).click();
    assertThat(page.locator("tbody tr")).hasCount(50);
    assertThat(page.locator("[data-live]")).hasCount(0);
    page.navigate(url("/exchanges?range=forever"));
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("range");
    expectFailedLoads(400);
  }

  @Test
  void chart_leadsToItsExchanges() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/?source=gateway&range=30d&metric=requests"));
    Locator bar = page.locator(".chart svg a").nth(20);
    String requests = bar.getAttribute("data-value");
    bar.hover();
    assertThat(page.locator(".tip")).containsText(requests);
    bar.click();
    assertThat(page.locator("tbody tr")).hasCount(Integer.parseInt(requests));
    page.getByLabel("Time").selectOption("1h");
    assertThat(page).hasURL(url("/exchanges?range=1h"));
  }

  @Test
  void routing_saysWhoIsWell() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/routing"));
    Locator rows = page.locator(".rows.routing tbody tr");
    assertThat(rows).hasCount(4);
    assertThat(rows.nth(0).locator(".badge")).hasText("well");
    assertThat(rows.nth(1).locator(".badge")).containsText("failing for");
    assertThat(rows.nth(1)).containsText("Check failed, connect failed");
    assertThat(rows.nth(2).locator(".badge")).containsText("limited for 20");
    assertThat(page.locator("#second-yaml")).hasCount(0);
  }

  @Test
  void routingWithoutASecondDeployment_saysHowToAddOne() {
    plane.close();
    plane = TestPlane.empty();
    Page empty = signedIn(390, ColorScheme.DARK);
    empty.keyboard().press("g");
    empty.keyboard().press("r");
    assertThat(empty).hasURL(url("/routing"));
    assertThat(empty.locator("#second-yaml")).containsText("backup");
  }

  @Test
  void keyboard_reachesEverything() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Skip to content");
    shoot(page, shot("skip-1280"));
    page.keyboard().press("g");
    page.keyboard().press("e");
    assertThat(page).hasURL(url("/exchanges"));
    page.keyboard().press("j");
    page.keyboard().press("j");
    assertThat(page.locator("tbody tr").nth(1).locator("a:focus")).hasCount(1);
    page.keyboard().press("Enter");
    assertThat(page).hasURL(url("/exchanges/" + plane.newest(2).getLast().id()));
    page.keyboard().press("g");
    page.keyboard().press("m");
    assertThat(page).hasURL(url("/models"));
    page.keyboard().press("/");
    page.keyboard().type("gemini");
    assertThat(page.locator(".model-card:visible")).hasCount(1);
    assertThat(page.locator(".prices tbody tr:visible")).hasCount(2);
    page.keyboard().press("Control+A");
    page.keyboard().type("openai gpt-6.1");
    assertThat(page.locator(".prices tbody tr:visible")).hasCount(2);
    page.keyboard().press("Escape");
    page.keyboard().press("?");
    assertThat(page.locator("dialog#help")).isVisible();
    shoot(page, shot("help-1280"));
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog#help")).isHidden();
  }

  @Test
  void everyControl_canBeTabbedTo() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    for (String path : List.of("/", "/exchanges?limit", "/keys", "/connect")) {
      page.navigate(url(path.replace("?limit", "")));
      Object unreachable =
          page.evaluate(
              """
              [...document.querySelectorAll("main button, main input, main select, main a[href]")]
                .filter(e => e.offsetParent && e.tabIndex < 0).map(e => e.outerHTML)
              """);
      assertThat((List<?>) unreachable).as(path).isEmpty();
    }
  }

  @Test
  void theme_isKept() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/keys"));
    Object light = background(page);
    page.keyboard().press("t");
    assertThat(page.locator("[data-theme-name]")).hasText("dark");
    assertThat(background(page)).isNotEqualTo(light);
    page.navigate(url("/models"));
    assertThat(page.locator("[data-theme-name]")).hasText("dark");
    assertThat(background(page)).isNotEqualTo(light);
  }

  @Test
  void menu_opensOnThePhone() {
    Page page = signedIn(390, ColorScheme.DARK);
    page.navigate(url("/models"));
    Locator keys = page.getByRole(AriaRole.LINK, named("Keys"));
    assertThat(keys).isHidden();
    page.getByRole(AriaRole.BUTTON, named("Menu")).click();
    shoot(page, shot("menu-390"));
    keys.click();
    assertThat(page).hasURL(url("/keys"));
  }

  @Test
  void snippets_takeTheKeyAndTheRealAddress() {
    Page page = signedIn(1280, ColorScheme.LIGHT);
    page.navigate(url("/connect"));
    page.getByLabel("Your key").fill("pk-mine");
    assertThat(page.locator("#curl-0")).containsText("Bearer pk-mine");
    assertThat(page.locator("#curl-0")).containsText(url("/v1/chat/completions"));
    page.locator("[data-copy=claude-code-0]").click();
    assertThat((String) page.evaluate("navigator.clipboard.readText()"))
        .contains("ANTHROPIC_BASE_URL=\"" + url("") + "\"", "pk-mine");
    assertThat(page.content()).doesNotContain("YOUR_KEY");
  }

  @Test
  void unknownPage_leadsBack() {
    Page page = signedIn(390, ColorScheme.LIGHT);
    page.navigate(url("/nowhere"));
    assertFits(page);
    assertThat(page.locator("h1")).hasText("Not found");
    shoot(page, shot("not-found-390"));
    page.getByRole(AriaRole.LINK, named("Exchanges")).click();
    assertThat(page).hasURL(url("/exchanges"));
    expectFailedLoads(404);
  }

  @Test
  void namesFromOutside_areNeverMarkup() {
    plane.create("<img src=x onerror=alert(1)>\"'", dev.probity.kernel.Role.MEMBER);
    Page page = signedIn(1280, ColorScheme.LIGHT);
    for (String path :
        List.of("/keys", "/exchanges", "/exchanges?model=%3Cscript%3Ealert(1)%3C/script%3E")) {
      page.navigate(url(path));
      assertThat(page.locator("img, main script")).hasCount(0);
    }
  }

  /** The path of a sample session. */
  private String session(int number) {
    return "/sessions/" + plane.telemetry.sessions.get(number).facts().session();
  }

  private Exchange withTrailOf(String text) {
    return plane.newest(1_000).stream()
        .filter(exchange -> exchange.trail().contains(text))
        .findFirst()
        .orElseThrow();
  }
}
