package dev.probity.server.settings;

import dev.probity.gateway.routing.ModelSettings;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import dev.probity.server.settings.Problems.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deployments and the models they serve: the file's, and what goes without saying. */
record Upstreams(List<DeploymentSettings> deployments, List<ModelSettings> models) {
  private static final String SIMULATED = "simulated";

  /** A vendor's usual names. Google's text-embedding-004 must come before OpenAI's. */
  private record Usual(Provider kind, String name) {}

  private static final List<Usual> USUAL_NAMES =
      List.of(
          new Usual(Provider.ANTHROPIC, "claude-*"),
          new Usual(Provider.GEMINI, "gemini-*"),
          new Usual(Provider.GEMINI, "gemma-*"),
          new Usual(Provider.GEMINI, "text-embedding-00*"),
          new Usual(Provider.OPENAI, "gpt-*"),
          new Usual(Provider.OPENAI, "chatgpt-*"),
          new Usual(Provider.OPENAI, "codex-*"),
          new Usual(Provider.OPENAI, "o1*"),
          new Usual(Provider.OPENAI, "o3*"),
          new Usual(Provider.OPENAI, "o4*"),
          new Usual(Provider.OPENAI, "text-embedding-*"));

  /**
   * @param deploymentsAreWrong the file has deployments that could not be read
   */
  static Upstreams of(
      Map<String, String> environment,
      Optional<List<DeploymentKeys.Entry>> givenDeployments,
      boolean deploymentsAreWrong,
      Optional<List<ModelKeys.Entry>> givenModels,
      boolean simulated,
      Problems problems) {
    List<DeploymentSettings> deployments =
        new ArrayList<>(
            givenDeployments
                .map(entries -> check(entries, problems))
                .orElseGet(() -> vendors(environment)));
    Set<String> names = new LinkedHashSet<>();
    givenDeployments.orElse(List.of()).forEach(entry -> names.add(entry.name().value()));
    deployments.forEach(deployment -> names.add(deployment.name()));
    if (simulated && names.add(SIMULATED)) {
      deployments.add(deployment(SIMULATED, Provider.SIMULATED, Optional.empty()));
    }
    // Names of deployments that could not be read must not look unknown.
    Optional<Set<String>> known = deploymentsAreWrong ? Optional.empty() : Optional.of(names);
    List<ModelSettings> models =
        new ArrayList<>(
            givenModels
                .map(entries ->
                    ModelKeys.check(
                        entries,
                        known,
                        simulated ? Optional.of(SIMULATED) : Optional.empty(),
                        problems))
                .orElseGet(() -> usualModels(deployments)));
    if (simulated) {
      addSimulated(models);
    }
    return new Upstreams(deployments, models);
  }

  private static List<DeploymentSettings> check(
      List<DeploymentKeys.Entry> entries, Problems problems) {
    Map<String, Place> earlier = new HashMap<>();
    List<DeploymentSettings> deployments = new ArrayList<>();
    for (DeploymentKeys.Entry entry : entries) {
      Place first = earlier.putIfAbsent(entry.name().value(), entry.name().place());
      if (first != null) {
        problems.add(
            entry.name().place(),
            "the name \""
                + entry.name().value()
                + "\" is taken: line "
                + first.line()
                + " has it already (expected: each name once)");
      }
      entry.check(problems).ifPresent(deployments::add);
    }
    return deployments;
  }

  private static List<DeploymentSettings> vendors(Map<String, String> environment) {
    return List.of(
        deployment("openai", Provider.OPENAI, key(environment, "OPENAI_API_KEY")),
        deployment("anthropic", Provider.ANTHROPIC, key(environment, "ANTHROPIC_API_KEY")),
        deployment(
            "gemini",
            Provider.GEMINI,
            key(environment, "GEMINI_API_KEY").or(() -> key(environment, "GOOGLE_API_KEY"))));
  }

  private static DeploymentSettings deployment(
      String name, Provider kind, Optional<Secret> apiKey) {
    return new DeploymentSettings(
        name, kind, DeploymentKeys.vendorUrl(kind).orElseThrow(), apiKey, Optional.empty());
  }

  private static Optional<Secret> key(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(Secret::new);
  }

  /** The usual names of each vendor, to all of its deployments alike. */
  private static List<ModelSettings> usualModels(List<DeploymentSettings> deployments) {
    List<ModelSettings> models = new ArrayList<>();
    for (Usual usual : USUAL_NAMES) {
      List<RouteSettings> routes =
          deployments.stream()
              .filter(deployment -> serves(deployment.kind(), usual.kind))
              .map(deployment -> new RouteSettings(deployment.name(), "*", 1, 0))
              .toList();
      if (!routes.isEmpty()) {
        models.add(new ModelSettings(usual.name, routes));
      }
    }
    return models;
  }

  private static boolean serves(Provider kind, Provider wanted) {
    return kind == wanted || (kind == Provider.AZURE_OPENAI && wanted == Provider.OPENAI);
  }

  /** Before the first glob that would take its names away, unless the file has them itself. */
  private static void addSimulated(List<ModelSettings> models) {
    for (String name : List.of(SIMULATED, SIMULATED + "-*")) {
      if (models.stream().noneMatch(model -> model.name().equals(name))) {
        int index = 0;
        while (index < models.size() && !swallowsSimulated(models.get(index).name())) {
          index++;
        }
        models.add(
            index, new ModelSettings(name, List.of(new RouteSettings(SIMULATED, "*", 1, 0))));
      }
    }
  }

  private static boolean swallowsSimulated(String glob) {
    int star = glob.indexOf('*');
    return star >= 0
        && star == glob.length() - 1
        && SIMULATED.startsWith(glob.substring(0, star))
        && !glob.equals(SIMULATED + "-*");
  }
}
