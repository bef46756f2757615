package dev.probity.gateway.routing;

import dev.probity.gateway.Operation;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who serves what names no model. It is one deployment: nobody else has what is asked for. */
public final class DeploymentChoice {
  private DeploymentChoice() {}

  /**
   * @param deployments in the order of the configuration
   * @param named by the client
   * @param home that has what is asked for
   */
  public static Router.Resolution of(
      Map<String, Deployment> deployments,
      HealthBoard health,
      Operation operation,
      Optional<String> named,
      Optional<String> home,
      boolean ownCredential) {
    if (named.isPresent()) {
      Deployment deployment = deployments.get(named.get());
      return deployment != null && serves(deployment, operation, ownCredential)
          ? found(deployment, health, operation)
          : notFound(
              "unknown_deployment",
              "The deployment that 'x-probity-deployment' names is not there, has no key, or does"
                  + " not serve this.");
    }
    return home.map(deployments::get)
        .filter(known -> serves(known, operation, ownCredential))
        .or(() ->
            deployments.values().stream()
                .filter(each -> serves(each, operation, ownCredential))
                .findFirst())
        .map(chosen -> found(chosen, health, operation))
        .orElseGet(() ->
            notFound(
                "no_deployment",
                "No deployment serves this. The operator adds one in probity.yaml, with a key"
                    + " and the dialect '"
                    + operation.dialect().text()
                    + "'."));
  }

  private static boolean serves(Deployment deployment, Operation operation, boolean own) {
    return deployment.dialects().contains(operation.dialect())
        && deployment.upstream().speaks(operation)
        && (own || deployment.credential().isPresent());
  }

  private static Router.Resolution found(
      Deployment deployment, HealthBoard health, Operation operation) {
    Candidate candidate =
        new Candidate(
            deployment,
            "",
            Optional.empty(),
            1,
            0,
            operation.dialect(),
            health.of(deployment.name()));
    return new Router.Found(new Route(List.of(candidate), List.of()));
  }

  private static Router.Resolution notFound(String code, String message) {
    return new Router.NotFound(new Refusal(Reason.NOT_FOUND, code, message));
  }
}
