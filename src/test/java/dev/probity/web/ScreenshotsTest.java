package dev.probity.web;

import com.microsoft.playwright.*;
import com.microsoft.playwright.options.*;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.*;

@Tag("shots")
class ScreenshotsTest {
  @Test
  void shots() throws Exception {
    Path out = Path.of("target/screenshots");
    Files.createDirectories(out);
    try (Playwright pw =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser b =
            pw.chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(
                            List.of(
                                "--no-sandbox",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")))) {
      for (boolean full : new boolean[] {true, false}) {
        try (TestPlane plane = full ? TestPlane.full() : TestPlane.empty()) {
          String id =
              full
                  ? plane.newest(40).stream()
                      .filter(e -> e.trail().contains("overloaded"))
                      .findFirst()
                      .orElse(plane.newest(1).getFirst())
                      .id()
                      .toString()
                  : "";
          for (int width : new int[] {1280, 390}) {
            for (ColorScheme scheme :
                full
                    ? new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}
                    : new ColorScheme[] {ColorScheme.LIGHT}) {
              BrowserContext c =
                  b.newContext(
                      new Browser.NewContextOptions()
                          .setViewportSize(width, 844)
                          .setColorScheme(scheme)
                          .setExtraHTTPHeaders(plane.doorHeaders()));
              Page p = c.newPage();
              p.onConsoleMessage(m -> System.out.println("CONSOLE " + m.text()));
              p.onPageError(m -> System.out.println("ERROR " + m));
              String base = "http://127.0.0.1:" + plane.server.port();
              String tag =
                  (full ? "full" : "empty") + "-" + width + "-" + scheme.name().toLowerCase();
              p.navigate(base + "/exchanges");
              shot(p, out, "signin-" + tag);
              p.navigate(base + plane.signInPath());
              List<String> paths =
                  new ArrayList<>(
                      List.of("/", "/exchanges", "/models", "/keys", "/connect", "/nowhere"));
              if (full) paths.add("/exchanges/" + id);
              for (String path : paths) {
                p.navigate(base + path);
                shot(
                    p,
                    out,
                    (path.equals("/") ? "overview" : path.substring(1).replaceAll("/.*", "-one"))
                        + "-"
                        + tag);
                Object overflow = p.evaluate("document.documentElement.scrollWidth - innerWidth");
                if (((Number) overflow).intValue() > 0)
                  System.out.println("OVERFLOW " + path + " " + tag + " " + overflow);
              }
              c.close();
            }
          }
        }
      }
    }
  }

  void shot(Page p, Path out, String name) {
    p.waitForTimeout(150);
    p.screenshot(
        new Page.ScreenshotOptions().setPath(out.resolve(name + ".png")).setFullPage(true));
  }
}
