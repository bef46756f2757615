package dev.probity.gateway.routing;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.Operation;
import dev.probity.gateway.routing.ModelSettings.RouteSettings;
import dev.probity.gateway.routing.Route.PassedOver;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.kernel.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which deployments serve a requested model. One immutable snapshot of the configuration; a reload
 * makes a new one. An exact name or alias beats a glob, and of several globs the first in the file
 * wins.
 */
public final class Router {
  /**
   * Resolutions remembered; past this the rest is worked out each time, so that made-up names can't
   * fill the memory.
   */
  private static final int MAX_REMEMBERED = 10_000;

  /** A route's bit set of tried candidates is a long. */
  private static final int MAX_ROUTES = 60;

  private final List<ModelSettings> models;
  private final Map<String, Deployment> deployments;
  private final List<Deployment> inOrder;
  private final HealthBoard health;
  private final Map<Asked, Resolution> remembered = new ConcurrentHashMap<>();

  private record Asked(String model, Operation operation, boolean ownCredential) {}

  /** Either a route or the reason why there is none. */
  public sealed interface Resolution {}

  public record Found(Route route) implements Resolution {}

  public record NotFound(Refusal refusal) implements Resolution {}

  /** Tokens of a model whose deployments can't count them. */
  public record NotCounted() implements Resolution {}

  public Router(
      List<ModelSettings> models, Map<String, Deployment> deployments, HealthBoard health) {
    this.health = health;
    this.models = List.copyOf(models);
    // In the order of the file, which counts where no model says who is asked.
    this.deployments = Collections.unmodifiableMap(new LinkedHashMap<>(deployments));
    this.inOrder = List.copyOf(deployments.values());
    for (Deployment each : this.deployments.values()) {
      health.of(each.name()).configure(each.breaker());
    }
  }

  /** What is known of deployments; not this configuration's alone. */
  public HealthBoard health() {
    return health;
  }

  public List<ModelSettings> models() {
    return models;
  }

  public Map<String, Deployment> deployments() {
    return deployments;
  }

  /** The same in the order of the configuration. */
  public List<Deployment> inOrder() {
    return inOrder;
  }

  /**
   * @param ownCredential the client brought its own provider key
   */
  public Resolution resolve(String model, Operation operation, boolean ownCredential) {
    Asked asked = new Asked(model, operation, ownCredential);
    Resolution known = remembered.get(asked);
    if (known != null) {
      return known;
    }
    Resolution made = work(asked);
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(asked, made);
    }
    return made;
  }

  private Resolution work(Asked asked) {
    Optional<ModelSettings> settings = match(asked.model());
    if (settings.isEmpty()) {
      return new NotFound(
          new Refusal(
              Refusal.Reason.NOT_FOUND,
              "model_not_found",
              "No deployment serves the model '"
                  + asked.model()
                  + "'. GET /v1/models lists what is served; the operator adds models in probity.yaml."));
    }
    List<Candidate> candidates = new ArrayList<>();
    List<PassedOver> passedOver = new ArrayList<>();
    for (RouteSettings route : settings.get().routes()) {
      Deployment deployment = deployments.get(route.deployment());
      if (deployment == null || candidates.size() + passedOver.size() >= MAX_ROUTES) {
        continue;
      }
      Optional<Dialect> dialect = deployment.dialectFor(asked.operation());
      Candidate candidate =
          candidate(
              route,
              deployment,
              sentFor(settings.get(), asked.model()),
              dialect.orElse(asked.operation().dialect()));
      // A client's own key is its vendor's; whoever speaks another dialect must not see it.
      if (dialect.isEmpty() || asked.ownCredential() && !candidate.speaks(asked.operation())) {
        passedOver.add(new PassedOver(candidate, "other_dialect"));
      } else if (deployment.credential().isEmpty() && !asked.ownCredential()) {
        passedOver.add(new PassedOver(candidate, "no_credential"));
      } else {
        candidates.add(candidate);
      }
    }
    if (candidates.isEmpty()) {
      boolean canBeGuessed =
          asked.operation().isFree()
              && passedOver.stream().anyMatch(each -> each.reason().equals("other_dialect"));
      return canBeGuessed ? new NotCounted() : new NotFound(nobody(asked, passedOver));
    }
    candidates.sort(Comparator.comparingInt(Candidate::priority));
    ModelSettings matched = settings.get();
    return new Found(
        new Route(
            List.copyOf(candidates),
            List.copyOf(passedOver),
            matched.name(),
            matched.policy(),
            matched.affinity(),
            Optional.of(asked.operation().dialect()),
            matched.hedgeAfterMillis()));
  }

  /** What {@code *} in a route stands for: an alias stands for the model's own name. */
  private static String sentFor(ModelSettings matched, String asked) {
    return matched.aliases().contains(asked) ? matched.name() : asked;
  }

  private Candidate candidate(
      RouteSettings route, Deployment deployment, String asked, Dialect dialect) {
    Optional<String> configured =
        route.model().equals("*") ? Optional.empty() : Optional.of(route.model());
    return new Candidate(
        deployment,
        configured.orElse(asked),
        configured,
        route.weight(),
        route.priority(),
        dialect,
        health.of(deployment.name()),
        route.when());
  }

  private static Refusal nobody(Asked asked, List<PassedOver> passedOver) {
    for (PassedOver each : passedOver) {
      if (each.reason().equals("no_credential")) {
        String deployment = each.candidate().deployment().name();
        return new Refusal(
            Refusal.Reason.NOT_FOUND,
            "no_provider_credential",
            "The deployment '"
                + deployment
                + "' that serves '"
                + asked.model()
                + "' has no provider key. The operator sets one (for example "
                + variable(each.candidate().deployment())
                + " in the environment), or you send your own beside 'x-probity-key'.");
      }
    }
    return new Refusal(
        Refusal.Reason.INVALID,
        "other_dialect",
        "The model '"
            + asked.model()
            + "' is not served in the '"
            + asked.operation().dialect().text()
            + "' format. Call it in its provider's own format"
            + passedOver.stream()
                .map(each -> " (" + each.candidate().deployment().provider().text() + ")")
                .distinct()
                .reduce("", String::concat)
            + ".");
  }

  private static String variable(Deployment deployment) {
    return switch (deployment.provider()) {
      case OPENAI, AZURE_OPENAI, OPENAI_COMPATIBLE, SIMULATED -> "OPENAI_API_KEY";
      case ANTHROPIC -> "ANTHROPIC_API_KEY";
      case GEMINI -> "GEMINI_API_KEY";
    };
  }

  /** The configured model that a requested name means. */
  Optional<ModelSettings> match(String model) {
    for (ModelSettings each : models) {
      if (each.name().equals(model) || each.aliases().contains(model)) {
        return Optional.of(each);
      }
    }
    for (ModelSettings each : models) {
      if (each.name().indexOf('*') >= 0 && matches(each.name(), model)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Whether a name matches a glob in which {@code *} stands for any run of characters. */
  public static boolean matches(String glob, String name) {
    int g = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (g < glob.length() && glob.charAt(g) == '*') {
        star = g++;
        resume = n;
      } else if (g < glob.length() && glob.charAt(g) == name.charAt(n)) {
        g++;
        n++;
      } else if (star >= 0) {
        g = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (g < glob.length() && glob.charAt(g) == '*') {
      g++;
    }
    return g == glob.length();
  }
}
