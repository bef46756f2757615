package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import dev.probity.testing.Browser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** A signed-in person before the pages, in a real browser that must not complain. */
abstract class PagesInBrowser {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @SuppressWarnings("NullAway.Init")
  static Browser browser;

  TestPlane plane = TestPlane.full();

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
  }

  void look(Page page, String path, String state) {
    page.navigate(url(path));
    assertFits(page);
    int width = page.viewportSize().width;
    boolean dark =
        Boolean.TRUE.equals(page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches"));
    String name =
        path.equals("/")
            ? "overview"
            : path.substring(1)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("exchanges-ex-.*", "exchange")
                .replaceAll("sessions-[0-9a-f]{8}-.*-0000000000", "session-");
    shoot(page, shot(name + "-" + state + "-" + width + (dark ? "-dark" : "-light")));
  }

  /** Nothing sticks out sideways, neither of the window nor of a card that cuts it off. */
  static void assertFits(Page page) {
    Object wide =
        page.evaluate(
            """
            [...document.querySelectorAll("html, main, .card, .table-card, main table")]
              .filter(e => e.scrollWidth > e.clientWidth + 1)
              .map(e => e.tagName + "." + e.className + " " + e.scrollWidth + ">" + e.clientWidth)
            """);
    assertThat((List<?>) wide).as(page.url() + " at " + page.viewportSize().width).isEmpty();
  }

  Page signedIn(int width, ColorScheme scheme) {
    Page page = browser.open(width, scheme, plane.doorHeaders());
    page.navigate(url(plane.signInPath()));
    return page;
  }

  /** The browser says of each page with such a status that it failed to load. */
  static void expectFailedLoads(int... statuses) {
    List<String> rest = new ArrayList<>(browser.complaints());
    for (int status : statuses) {
      assertThat(rest.removeIf(complaint -> complaint.contains("status of " + status)))
          .as("status " + status)
          .isTrue();
    }
    assertThat(rest).isEmpty();
    browser.forgetComplaints();
  }

  static Object background(Page page) {
    return page.evaluate("getComputedStyle(document.body).backgroundColor");
  }

  String url(String path) {
    return "http://127.0.0.1:" + plane.server.port() + path;
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Pictures are for people to look at: on a busy machine Chromium sometimes fails to take one. */
  static void shoot(Page page, Page.ScreenshotOptions options) {
    try {
      page.screenshot(options);
    } catch (PlaywrightException e) {
      if (!String.valueOf(e.getMessage()).contains("Unable to capture screenshot")) {
        throw e;
      }
    }
  }

  static Page.ScreenshotOptions shot(String name) {
    return new Page.ScreenshotOptions()
        .setPath(SCREENSHOTS.resolve(name + ".png"))
        .setFullPage(true);
  }
}
