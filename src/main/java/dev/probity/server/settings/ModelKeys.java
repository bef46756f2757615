package dev.probity.server.settings;

import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Located;
import dev.probity.server.settings.Type.Many;
import dev.probity.server.settings.Type.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of one entry of {@code models}, and of one of its routes. */
final class ModelKeys {
  private static final Key<At<String>> DEPLOYMENT =
      Key.required(
          "deployment", new Located<>(Types.text("a deployment's name")), "Who serves it.");
  private static final Key<String> MODEL =
      Key.of(
          "model",
          Types.text("a model's name, or *"),
          "*",
          "The name to send upstream; * is the name that was asked for.");
  private static final Key<Integer> WEIGHT =
      Key.of(
          "weight",
          Types.integer("a share", 1, 1_000),
          "1",
          "The share among routes of the same priority.");
  private static final Key<Integer> PRIORITY =
      Key.of("priority", Types.integer("a rank", 0, 1_000), "0", "Lower is tried first.");
  private static final Schema<Route> ROUTE =
      new Schema<>(
          List.of(DEPLOYMENT, MODEL, WEIGHT, PRIORITY),
          values ->
              new Route(
                  values.get(DEPLOYMENT),
                  values.get(MODEL),
                  values.get(WEIGHT),
                  values.get(PRIORITY)));

  private static final Key<At<String>> NAME =
      Key.required(
          "name",
          new Located<>(Types.text("a model's name, where * stands for any characters")),
          "What a client asks for; * stands for any run of characters.");
  private static final Key<List<Route>> ROUTES =
      Key.required("routes", new Many<>(new Section<>(ROUTE)), "The ways to serve it.");

  static final Schema<Entry> SCHEMA =
      new Schema<>(
          List.of(NAME, ROUTES), values -> new Entry(values.get(NAME), values.get(ROUTES)));

  private ModelKeys() {}

  record Entry(At<String> name, List<Route> routes) {}

  record Route(At<String> deployment, String model, int weight, int priority) {}

  /** The entries as settings, after complaining of what can't work. */
  static List<ModelSettings> check(
      List<Entry> entries, Optional<Set<String>> deployments, Problems problems) {
    Map<String, Place> earlier = new HashMap<>();
    List<ModelSettings> models = new ArrayList<>();
    for (Entry entry : entries) {
      String name = entry.name.value();
      Place first = earlier.putIfAbsent(name, entry.name.place());
      if (first != null) {
        problems.add(
            entry.name.place(),
            "\""
                + name
                + "\" can never match: line "
                + first.line()
                + " has it already (expected: each name once)");
      }
      if (entry.routes.isEmpty()) {
        problems.add(entry.name.place(), "\"" + name + "\" has no routes (expected: at least one)");
      }
      List<RouteSettings> routes = new ArrayList<>();
      for (Route route : entry.routes) {
        checkRoute(route, name, deployments, problems);
        routes.add(
            new RouteSettings(route.deployment.value(), route.model, route.weight, route.priority));
      }
      models.add(new ModelSettings(name, routes));
    }
    return models;
  }

  private static void checkRoute(
      Route route, String name, Optional<Set<String>> deployments, Problems problems) {
    String deployment = route.deployment.value();
    Set<String> known = deployments.orElse(Set.of(deployment));
    if (!known.contains(deployment)) {
      problems.add(
          route.deployment.place(),
          "there is no deployment \""
              + deployment
              + "\""
              + Nearest.hint(deployment, known)
              + " (known: "
              + String.join(", ", known)
              + ")");
    }
    if (!route.model.equals("*") && route.model.contains("*")) {
      problems.add(
          route.deployment.place(),
          "model \""
              + route.model
              + "\" in a route of \""
              + name
              + "\" (expected: a whole name, or * alone)");
    }
  }
}
