package dev.probity.server.importing;

import dev.probity.server.importing.Imported.Deployment;
import dev.probity.server.importing.Imported.Route;
import java.util.List;
import java.util.Map;

/** Writes what was imported as {@code probity.yaml}. */
final class ImportedYaml {
  private ImportedYaml() {}

  static String write(Imported found, String source) {
    StringBuilder out = new StringBuilder();
    out.append("# Made from ")
        .append(source.replaceAll("\\R", " "))
        .append(" by ./probity import.\n");
    found
        .topLevel()
        .forEach(
            (key, yaml) -> out.append('\n').append(key).append(": ").append(yaml).append('\n'));
    out.append("\ndeployments:\n");
    for (Deployment each : found.deployments().values()) {
      out.append("  - name: ").append(quoted(each.name())).append('\n');
      out.append("    kind: ").append(each.kind()).append('\n');
      each.baseUrl()
          .ifPresent(url -> out.append("    base_url: ").append(quoted(url)).append('\n'));
      each.apiKey().ifPresent(key -> out.append("    api_key: ").append(quoted(key)).append('\n'));
      each.apiVersion()
          .ifPresent(
              version -> out.append("    api_version: ").append(quoted(version)).append('\n'));
      if (!found.breaker().isEmpty()) {
        out.append("    breaker: ").append(found.breaker()).append('\n');
      }
    }
    out.append("\nmodels:\n");
    found.models().forEach((name, routes) -> model(found, name, routes, out));
    prices(found, out);
    return out.toString();
  }

  private static void model(Imported found, String name, List<Route> routes, StringBuilder out) {
    out.append("  - name: ").append(quoted(name)).append('\n');
    if (!found.policy().isEmpty() && routes.size() > 1) {
      out.append("    policy: ").append(found.policy()).append('\n');
    }
    out.append("    routes:\n");
    int first = routes.stream().mapToInt(Route::priority).min().orElse(0);
    for (Route route : routes) {
      out.append("      - { deployment: ").append(quoted(route.deployment()));
      out.append(", model: ").append(quoted(route.model()));
      if (route.weight() != 1) {
        out.append(", weight: ").append(route.weight());
      }
      if (route.priority() != first) {
        out.append(", priority: ").append(route.priority() - first);
      }
      out.append(" }\n");
    }
  }

  private static void prices(Imported found, StringBuilder out) {
    if (found.prices().isEmpty()) {
      return;
    }
    out.append("\n# USD per million tokens.\nprices:\n");
    found
        .prices()
        .values()
        .forEach(price -> {
          out.append("  - { provider: ").append(price.provider());
          out.append(", model: ").append(quoted(price.model()));
          for (Map.Entry<String, String> part : price.parts().entrySet()) {
            out.append(", ").append(part.getKey()).append(": ").append(part.getValue());
          }
          out.append(" }\n");
        });
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("[\\p{Cntrl}]", " ")
        + "\"";
  }
}
