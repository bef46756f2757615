package dev.probity.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Debian's Chromium, and what it complains of. */
public final class Browser implements AutoCloseable {
  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final com.microsoft.playwright.Browser chromium =
      playwright
          .chromium()
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
                          "--disable-sync")));
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** A tab of its own profile, whose every request carries the headers. */
  public Page open(int width, ColorScheme scheme, Map<String, String> headers) {
    return open(width, scheme, headers, true);
  }

  /** The same, with scripts switched off. */
  public Page openWithoutScripts(Map<String, String> headers) {
    return open(1280, ColorScheme.LIGHT, headers, false);
  }

  private Page open(int width, ColorScheme scheme, Map<String, String> headers, boolean scripts) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setTimezoneId("UTC")
                .setLocale("en-GB")
                .setJavaScriptEnabled(scripts)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
                .setExtraHTTPHeaders(headers));
    context.setDefaultTimeout(10_000);
    Page page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(page.url() + ": " + message.text());
      }
    });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    return page;
  }

  /** Console errors and warnings, refused content and script errors of all tabs so far. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Closes every tab, so that none goes on asking a server that is gone. */
  public void closeTabs() {
    List.copyOf(chromium.contexts()).forEach(BrowserContext::close);
  }

  public void forgetComplaints() {
    complaints.clear();
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
