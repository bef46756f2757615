package dev.probity.server.settings;

import dev.probity.gateway.routing.Affinity;
import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.Policy;
import dev.probity.server.settings.Problems.Place;
import dev.probity.server.settings.Type.At;
import dev.probity.server.settings.Type.Located;
import dev.probity.server.settings.Type.Many;
import dev.probity.server.settings.Type.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The keys of one entry of {@code models}, and of one of its routes. */
final class ModelKeys {
  private static final Key<At<String>> DEPLOYMENT =
      Key.optional(
          "deployment",
          new Located<>(Types.text("a deployment's name")),
          "Who serves it. Without it: whoever serves the other model that the route names.");
  private static final Key<String> MODEL =
      Key.of(
          "model",
          Types.text("a model's name, or *"),
          "*",
          "The name to send upstream; * is the name that was asked for. Without a deployment: a name"
              + " that another entry of models has.");
  private static final Key<Integer> WEIGHT =
      Key.of(
          "weight",
          Types.integer("a share", 1, 1_000),
          "1",
          "The share among routes of the same priority.");
  private static final Key<Integer> PRIORITY =
      Key.of("priority", Types.integer("a rank", 0, 1_000), "0", "Lower is tried first.");
  private static final Key<ConditionKeys.Entry> WHEN =
      Key.optional(
          "when",
          new Section<>(ConditionKeys.SCHEMA),
          "What a request must be like to take this route; all of it must hold. Without it: any"
              + " request may.");
  private static final Schema<Route> ROUTE =
      new Schema<>(
          List.of(DEPLOYMENT, MODEL, WEIGHT, PRIORITY, WHEN),
          values ->
              new Route(
                  values.place(),
                  values.optional(DEPLOYMENT),
                  values.get(MODEL),
                  values.get(WEIGHT),
                  values.get(PRIORITY),
                  values.given().containsKey(WHEN.name())
                      ? values.optional(WHEN)
                      : Optional.empty()));

  private static final Key<At<String>> NAME =
      Key.required(
          "name",
          new Located<>(Types.text("a model's name, where * stands for any characters")),
          "What a client asks for; * stands for any run of characters.");
  private static final Key<List<At<String>>> ALIASES =
      Key.optional(
          "aliases",
          new Many<>(new Located<>(Types.text("another name, without *"))),
          "Other names for the same.");
  private static final Key<Policy> POLICY =
      Key.of(
          "policy",
          Types.choice(Policy.values()),
          "weighted",
          "Which of several routes of the same priority is taken: one by weight, the one that"
              + " answers soonest of two (latency), the cheapest for the request (price), or the"
              + " first in the file (order).");
  private static final Key<Affinity.By> AFFINITY =
      Key.optional(
          "affinity",
          Types.choice(
              Arrays.asList(Affinity.By.SESSION, Affinity.By.PREFIX, Affinity.By.OFF),
              Affinity.By::text),
          "What goes to the same deployment, because its prompt is in the cache there: requests of a"
              + " session, or with the same beginning. Without it: the session where the client"
              + " names one, else the beginning.");
  private static final Key<Long> HEDGE_AFTER =
      Key.optional(
          "hedge_after",
          Types.duration("1ms", "1h"),
          "When a second deployment is asked beside one that has sent no content yet; the first to"
              + " send some serves, and the other is stopped (and charged for, as far as is known)."
              + " Should be shorter than timeouts.hold. Without it: never.");
  private static final Key<List<Route>> ROUTES =
      Key.required("routes", new Many<>(new Section<>(ROUTE)), "The ways to serve it.");

  static final Schema<Entry> SCHEMA =
      new Schema<>(
          List.of(NAME, ALIASES, POLICY, AFFINITY, HEDGE_AFTER, ROUTES),
          values ->
              new Entry(
                  values.get(NAME),
                  values.optional(ALIASES).orElse(List.of()),
                  values.get(POLICY),
                  values.optional(AFFINITY).orElse(Affinity.By.SESSION_OR_PREFIX),
                  values.optional(HEDGE_AFTER),
                  values.get(ROUTES)));

  private ModelKeys() {}

  record Entry(
      At<String> name,
      List<At<String>> aliases,
      Policy policy,
      Affinity.By affinity,
      Optional<Long> hedgeAfter,
      List<Route> routes) {}

  /**
   * @param deployment empty: {@code model} is the name of another entry
   */
  record Route(
      Place place,
      Optional<At<String>> deployment,
      String model,
      int weight,
      int priority,
      Optional<ConditionKeys.Entry> when) {}

  /**
   * The entries as settings, after complaining of what can't work.
   *
   * @param implied names that are served without an entry, by the deployment of the same name
   */
  static List<ModelSettings> check(
      List<Entry> entries,
      Optional<Set<String>> deployments,
      Optional<String> implied,
      Problems problems) {
    Map<String, Place> earlier = new HashMap<>();
    for (Entry entry : entries) {
      checkName(entry.name, earlier, problems);
      if (entry.routes.isEmpty()) {
        String name = entry.name.value();
        problems.add(entry.name.place(), "\"" + name + "\" has no routes (expected: at least one)");
      }
    }
    ModelChains chains = new ModelChains(entries, implied, problems);
    List<ModelSettings> models = new ArrayList<>();
    for (Entry entry : entries) {
      entry.aliases.forEach(alias -> checkAlias(alias, entry, earlier, problems));
      entry.routes.forEach(route -> checkRoute(route, entry, deployments, problems));
      models.add(
          new ModelSettings(
              entry.name.value(),
              entry.aliases.stream().map(At::value).toList(),
              entry.policy,
              entry.affinity,
              chains.routes(entry),
              entry.hedgeAfter.map(OptionalLong::of).orElse(OptionalLong.empty())));
    }
    return models;
  }

  private static void checkName(At<String> name, Map<String, Place> earlier, Problems problems) {
    Place first = earlier.putIfAbsent(name.value(), name.place());
    if (first != null) {
      problems.add(
          name.place(),
          "\""
              + name.value()
              + "\" can never match: line "
              + first.line()
              + " has it already (expected: each name once)");
    }
  }

  private static void checkAlias(
      At<String> alias, Entry entry, Map<String, Place> earlier, Problems problems) {
    checkName(alias, earlier, problems);
    if (alias.value().contains("*")) {
      problems.add(
          alias.place(), "\"" + alias.value() + "\" has a * (expected: an alias is a whole name)");
    }
    boolean namesNone =
        entry.name.value().contains("*")
            && entry.routes.stream().anyMatch(route -> route.model.equals("*"));
    if (namesNone) {
      problems.add(
          alias.place(),
          "\""
              + alias.value()
              + "\" does not say which model of \""
              + entry.name.value()
              + "\" is meant (expected: a model in each of its routes)");
    }
  }

  private static void checkRoute(
      Route route, Entry entry, Optional<Set<String>> deployments, Problems problems) {
    if (route.deployment.isEmpty()) {
      return;
    }
    String deployment = route.deployment.get().value();
    Place place = route.deployment.get().place();
    Set<String> known = deployments.orElse(Set.of(deployment));
    if (!known.contains(deployment)) {
      problems.add(
          place,
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
          place,
          "model \""
              + route.model
              + "\" in a route of \""
              + entry.name.value()
              + "\" (expected: a whole name, or * alone)");
    }
  }
}
