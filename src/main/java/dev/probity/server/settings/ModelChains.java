package dev.probity.server.settings;

import dev.probity.gateway.routing.Condition;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Router;
import dev.probity.server.settings.ModelKeys.Entry;
import dev.probity.server.settings.ModelKeys.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows routes that lead to other models until each leads to a deployment. The other model's
 * routes take the place of the one that leads there: they share its weight as they share their own,
 * stay in their order within its priority, and its conditions hold for each of them.
 */
final class ModelChains {
  /** Enough for any; what is made of chains of chains must not fill the memory. */
  private static final int MOST_ROUTES = 60;

  /** Shares are kept as whole numbers, to about this many parts. */
  private static final int PARTS = 1_000;

  private static final int MOST_WEIGHT = 1_000_000;

  private final List<Entry> entries;
  private final Optional<String> implied;
  private final Problems problems;

  /** Routes are read once, so that a mistake is told once however many chains pass it. */
  private final Map<Route, List<Condition>> conditions = new IdentityHashMap<>();

  private final Set<Route> complained = new LinkedHashSet<>();

  /**
   * @param priorities of the routes on the way, the outermost first
   */
  private record Leaf(RouteSettings route, List<Integer> priorities, double share) {}

  ModelChains(List<Entry> entries, Optional<String> implied, Problems problems) {
    this.entries = entries;
    this.implied = implied;
    this.problems = problems;
    for (Entry entry : entries) {
      for (Route route : entry.routes()) {
        conditions.put(route, route.when().map(when -> when.check(problems)).stream().toList());
      }
    }
  }

  /** What an entry's routes come to. */
  List<RouteSettings> routes(Entry entry) {
    boolean chained = entry.routes().stream().anyMatch(route -> route.deployment().isEmpty());
    Set<String> path = new LinkedHashSet<>(Set.of(entry.name().value()));
    List<Leaf> leaves = new ArrayList<>();
    for (Route route : entry.routes()) {
      leaves.addAll(leaves(route, "*", path));
    }
    if (!chained) {
      return leaves.stream().map(Leaf::route).toList();
    }
    if (leaves.size() > MOST_ROUTES) {
      problems.add(
          entry.name().place(),
          "\""
              + entry.name().value()
              + "\" comes to "
              + leaves.size()
              + " routes (expected: at most "
              + MOST_ROUTES
              + ")");
      return List.of();
    }
    return ranked(leaves);
  }

  /**
   * @param asked what {@code *} stands for, if the chain has named a model
   */
  private List<Leaf> leaves(Route route, String asked, Set<String> path) {
    if (route.deployment().isPresent()) {
      String model = route.model().equals("*") ? asked : route.model();
      return List.of(
          new Leaf(
              new RouteSettings(
                  route.deployment().get().value(),
                  model,
                  route.weight(),
                  route.priority(),
                  conditions.getOrDefault(route, List.of())),
              List.of(route.priority()),
              route.weight()));
    }
    Optional<Entry> target = target(route);
    if (target.isEmpty()) {
      return implied(route);
    }
    String name = target.get().name().value();
    if (!path.add(name)) {
      complain(
          route,
          "this leads back to \""
              + name
              + "\": "
              + String.join(" -> ", path)
              + " -> "
              + name
              + " (expected: no circle)");
      return List.of();
    }
    List<Leaf> below = new ArrayList<>();
    String sent =
        target.get().aliases().stream().anyMatch(alias -> alias.value().equals(route.model()))
            ? name
            : route.model();
    for (Route inner : target.get().routes()) {
      if (below.size() <= MOST_ROUTES) {
        below.addAll(leaves(inner, sent, path));
      }
    }
    path.remove(name);
    return below(route, below);
  }

  /** The other model's routes in the place of the one that leads there. */
  private List<Leaf> below(Route route, List<Leaf> inner) {
    Map<List<Integer>, Double> sums = new HashMap<>();
    inner.forEach(leaf -> sums.merge(leaf.priorities, leaf.share, Double::sum));
    List<Leaf> outer = new ArrayList<>();
    for (Leaf leaf : inner) {
      List<Integer> priorities = new ArrayList<>(List.of(route.priority()));
      priorities.addAll(leaf.priorities);
      List<Condition> when = new ArrayList<>(conditions.getOrDefault(route, List.of()));
      when.addAll(leaf.route.when());
      RouteSettings same = leaf.route;
      outer.add(
          new Leaf(
              new RouteSettings(same.deployment(), same.model(), same.weight(), 0, when),
              List.copyOf(priorities),
              route.weight() * leaf.share / sums.getOrDefault(leaf.priorities, leaf.share)));
    }
    return outer;
  }

  private Optional<Entry> target(Route route) {
    if (route.model().contains("*")) {
      return Optional.empty();
    }
    for (Entry entry : entries) {
      if (entry.name().value().equals(route.model())
          || entry.aliases().stream().anyMatch(alias -> alias.value().equals(route.model()))) {
        return Optional.of(entry);
      }
    }
    return entries.stream()
        .filter(entry -> entry.name().value().contains("*"))
        .filter(entry -> Router.matches(entry.name().value(), route.model()))
        .findFirst();
  }

  private List<Leaf> implied(Route route) {
    String model = route.model();
    if (implied.isPresent()
        && (model.equals(implied.get()) || model.startsWith(implied.get() + "-"))
        && !model.contains("*")) {
      return List.of(
          new Leaf(
              new RouteSettings(
                  implied.get(),
                  model,
                  route.weight(),
                  route.priority(),
                  conditions.getOrDefault(route, List.of())),
              List.of(route.priority()),
              route.weight()));
    }
    Set<String> known = new TreeSet<>();
    entries.forEach(entry -> known.add(entry.name().value()));
    complain(
        route,
        model.contains("*")
            ? "a route without a deployment (expected: a deployment, or the whole name of another model)"
            : "there is no model \""
                + model
                + "\""
                + Nearest.hint(model, known)
                + " (expected: a deployment, or the name of another model)");
    return List.of();
  }

  private void complain(Route route, String text) {
    if (complained.add(route)) {
      problems.add(route.place(), text);
    }
  }

  /** Priorities of priorities become plain ones, shares become weights. */
  private static List<RouteSettings> ranked(List<Leaf> leaves) {
    Comparator<List<Integer>> order = ModelChains::compare;
    TreeSet<List<Integer>> ranks = new TreeSet<>(order);
    leaves.forEach(leaf -> ranks.add(leaf.priorities));
    List<RouteSettings> routes = new ArrayList<>();
    for (Leaf leaf : leaves) {
      RouteSettings same = leaf.route;
      routes.add(
          new RouteSettings(
              same.deployment(),
              same.model(),
              (int) Math.clamp(Math.round(leaf.share * PARTS), 1, MOST_WEIGHT),
              ranks.headSet(leaf.priorities).size(),
              same.when()));
    }
    return routes;
  }

  /** What is missing counts as 0: a route to a deployment stands beside a chain's best ones. */
  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      int a = i < one.size() ? one.get(i) : 0;
      int b = i < other.size() ? other.get(i) : 0;
      if (a != b) {
        return Integer.compare(a, b);
      }
    }
    return 0;
  }
}
