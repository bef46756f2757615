package dev.probity.web;

import java.util.List;

/**
 * What every page has around its content.
 *
 * @param active the navigation entry that the page belongs to; empty on pages without navigation
 * @param version the product's
 */
public record Shell(
    String title,
    String active,
    String style,
    String theme,
    String script,
    String icon,
    String version) {
  /** The navigation, with the second key of its {@code g …} shortcut. */
  public static final List<Entry> NAVIGATION =
      List.of(
          new Entry("overview", "/", "Overview", "o"),
          new Entry("sessions", "/sessions", "Sessions", "s"),
          new Entry("office", "/office", "Live office", "l"),
          new Entry("globe", "/globe", "Globe", "w"),
          new Entry("exchanges", "/exchanges", "Exchanges", "e"),
          new Entry("telemetry", "/telemetry", "Telemetry health", "h"),
          new Entry("routing", "/routing", "Routing", "r"),
          new Entry("models", "/models", "Models & prices", "m"),
          new Entry("keys", "/keys", "Keys", "k"),
          new Entry("connect", "/connect", "Connect", "c"));

  /**
   * An entry of the navigation.
   *
   * @param name also its icon's
   */
  public record Entry(String name, String path, String label, String key) {}

  public boolean hasNavigation() {
    return !active.isEmpty();
  }
}
