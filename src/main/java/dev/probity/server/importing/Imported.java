package dev.probity.server.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found in another gateway's configuration, while it is being read. */
final class Imported {
  /**
   * One upstream.
   *
   * @param apiKey a reference such as {@code ${OPENAI_API_KEY}}; never a key
   */
  record Deployment(
      String name,
      String kind,
      Optional<String> baseUrl,
      Optional<String> apiKey,
      Optional<String> apiVersion) {}

  record Route(String deployment, String model, int weight, int priority) {}

  /** A price in USD per million tokens, as text. */
  record Price(String provider, String model, Map<String, String> parts) {}

  /**
   * @param where in the file that was read
   */
  record Remark(String where, String text) {}

  private final Map<String, Deployment> deployments = new LinkedHashMap<>();
  private final Map<String, List<Route>> models = new LinkedHashMap<>();
  private final Map<String, Price> prices = new LinkedHashMap<>();
  private final Map<String, String> topLevel = new LinkedHashMap<>();
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final List<Remark> changed = new ArrayList<>();
  private final List<Remark> leftOut = new ArrayList<>();
  private String policy = "";
  private String breaker = "";

  /** The name under which an equal upstream is known; a new one gets a name of its own. */
  String deployment(
      String wish,
      String kind,
      Optional<String> baseUrl,
      Optional<String> apiKey,
      Optional<String> apiVersion) {
    for (Deployment each : deployments.values()) {
      if (each.kind.equals(kind)
          && each.baseUrl.equals(baseUrl)
          && each.apiKey.equals(apiKey)
          && each.apiVersion.equals(apiVersion)) {
        return each.name;
      }
    }
    String name = unused(asName(wish));
    deployments.put(name, new Deployment(name, kind, baseUrl, apiKey, apiVersion));
    return name;
  }

  private String unused(String wish) {
    String name = wish;
    for (int i = 2; deployments.containsKey(name); i++) {
      name = wish + "-" + i;
    }
    return name;
  }

  private static String asName(String wish) {
    String name = wish.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return name.isEmpty() ? "imported" : name.substring(0, Math.min(name.length(), 50));
  }

  void route(String model, Route route) {
    List<Route> routes = models.computeIfAbsent(model, name -> new ArrayList<>());
    if (!routes.contains(route)) {
      routes.add(route);
    }
  }

  /**
   * Keeps a literal key out of the configuration.
   *
   * @return the reference that stands for it
   */
  String secret(String wish, String value) {
    for (Map.Entry<String, String> known : secrets.entrySet()) {
      if (known.getValue().equals(value)) {
        return "${" + known.getKey() + "}";
      }
    }
    String base = wish.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    String name = base;
    for (int i = 2; secrets.containsKey(name); i++) {
      name = base + "_" + i;
    }
    secrets.put(name, value);
    return "${" + name + "}";
  }

  void price(Price price) {
    prices.putIfAbsent(price.provider + "/" + price.model, price);
  }

  /** A setting of the whole gateway, as YAML in one line. */
  void setting(String key, String yaml) {
    topLevel.put(key, yaml);
  }

  /** How every model's deployment is chosen. */
  void policy(String word) {
    policy = word;
  }

  /** When every deployment is left alone for a while, as YAML in one line. */
  void breaker(String yaml) {
    breaker = yaml;
  }

  String breaker() {
    return breaker;
  }

  void changed(String where, String text) {
    changed.add(new Remark(where, text));
  }

  void leftOut(String where, String text) {
    leftOut.add(new Remark(where, text));
  }

  Map<String, Deployment> deployments() {
    return deployments;
  }

  Map<String, List<Route>> models() {
    return models;
  }

  Map<String, Price> prices() {
    return prices;
  }

  Map<String, String> topLevel() {
    return topLevel;
  }

  /** Literal keys by the name of the variable that stands for them. */
  Map<String, String> secrets() {
    return secrets;
  }

  String policy() {
    return policy;
  }

  List<Remark> changed() {
    return changed;
  }

  List<Remark> leftOut() {
    return leftOut;
  }
}
