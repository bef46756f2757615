package dev.probity.gateway;

import dev.probity.gateway.call.ModelCall;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestReading;
import dev.probity.gateway.routing.DeploymentChoice;
import dev.probity.gateway.routing.Homes;
import dev.probity.gateway.routing.Route;
import dev.probity.gateway.routing.Router;
import dev.probity.gateway.routing.RoutingContext;
import dev.probity.gateway.routing.Selection;
import dev.probity.gateway.routing.Traits;
import dev.probity.gateway.state.SealedSummaries;
import dev.probity.gateway.translate.responses.compaction.Sealing;
import dev.probity.identity.KeyRing;
import dev.probity.kernel.Caller;
import dev.probity.kernel.Clock;
import dev.probity.kernel.ExchangeId;
import dev.probity.kernel.ExchangeIds;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import dev.probity.kernel.seal.Sealer;
import dev.probity.privacy.SafeText;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The path of one model call, as a list of steps. A call's own state is in {@link ModelCall}; what
 * is remembered of it in {@link Settlement}.
 *
 * <ol>
 *   <li>{@link #admit}: the head has come: who calls, and is there room to remember it
 *   <li>{@link #read}: the body has come: which model, streamed or not; what is malformed is
 *       refused
 *   <li>{@link #route}: which deployments can serve it
 *   <li>{@link #request}: the client's own bytes, with only model and credential changed
 *   <li>{@link ModelCall} sends them, and streams the answer back frame by frame
 *   <li>{@link Settlement}: usage, charge, journal; then the last bytes go out
 * </ol>
 */
public final class Gateway {
  private final KeyRing keys;
  private final ExchangeLog log;
  private final ExchangeIds ids;
  private final Clock clock;
  private final RandomGenerator random;
  private final SafeText safeText;
  private final GatewayMetrics metrics;
  private final Sealer summaries;
  private final Homes homes = new Homes();
  private volatile Snapshot snapshot;

  public Gateway(
      KeyRing keys,
      ExchangeLog log,
      ExchangeIds ids,
      Clock clock,
      RandomGenerator random,
      SafeText safeText,
      GatewayMetrics metrics,
      Sealer summaries,
      Snapshot snapshot) {
    this.summaries = summaries;
    this.keys = keys;
    this.log = log;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
    this.safeText = safeText;
    this.metrics = metrics;
    this.snapshot = snapshot;
  }

  /** The configuration for calls that begin now. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Takes up a new configuration; running calls keep theirs. */
  public void reload(Snapshot next) {
    snapshot = next;
  }

  /**
   * A call whose head has come.
   *
   * @param modelInPath the model where the path names it, decoded; else empty
   */
  public ModelCall begin(
      Operation operation, String modelInPath, HttpRequest head, Lane lane, Client client) {
    return new ModelCall(this, snapshot, ids.next(), operation, modelInPath, head, lane, client);
  }

  /** An id that no exchange has, for what is answered without one. */
  public ExchangeId nextId() {
    return ids.next();
  }

  /** Who calls, and with whose provider key. */
  public sealed interface Admission {}

  /**
   * @param providerKey the client's own provider key, to be passed through
   */
  public record Admitted(Caller caller, Optional<String> providerKey) implements Admission {}

  public record Refused(Refusal refusal) implements Admission {}

  /** Step 1. */
  public Admission admit(HttpHeaders headers, String uri) {
    if (!log.hasRoom()) {
      return new Refused(
          new Refusal(
              Reason.UNAVAILABLE,
              "log_full",
              "The request log can't take more at the moment, so nothing is served that could not be"
                  + " accounted for. Try again shortly; the operator should look at the disk."));
    }
    ClientHeaders.Credentials credentials = ClientHeaders.credentials(headers, uri);
    String own = credentials.probity();
    if (own != null) {
      Optional<Caller> caller = keys.authenticate(own);
      return caller.isPresent()
          ? new Admitted(caller.get(), credentials.vendor().stream().findFirst())
          : new Refused(unknownKey());
    }
    for (String key : credentials.vendor()) {
      Optional<Caller> caller = keys.authenticate(key);
      if (caller.isPresent()) {
        return new Admitted(caller.get(), Optional.empty());
      }
    }
    return new Refused(credentials.vendor().isEmpty() ? missingKey() : unknownKey());
  }

  /** Why a request that calls no model is refused for its key; empty if it is not. */
  public Optional<Refusal> refuses(HttpHeaders headers, String uri) {
    return admit(headers, uri) instanceof Refused refused
        ? Optional.of(refused.refusal())
        : Optional.empty();
  }

  private static Refusal missingKey() {
    return new Refusal(
        Reason.UNAUTHENTICATED,
        "missing_api_key",
        "No key was sent. Send a Probity key (pk-...) where your client puts its API key:"
            + " 'Authorization: Bearer', 'x-api-key', 'x-goog-api-key' or '?key='.");
  }

  private static Refusal unknownKey() {
    return new Refusal(
        Reason.UNAUTHENTICATED,
        "invalid_api_key",
        "This key is not one of Probity's, or was revoked. To use your own provider key, send it as"
            + " usual and your Probity key in 'x-probity-key'.");
  }

  /** Step 2. */
  public static RequestReading read(Operation operation, ByteBuf body, Lane lane, Snapshot used) {
    return lane.readers(used.settings().limits().jsonDepth()).forOperation(operation).read(body);
  }

  /** Step 3. */
  public Router.Resolution route(
      Snapshot used, String model, Operation operation, boolean ownCredential) {
    Router.Resolution resolution = used.router().resolve(model, operation, ownCredential);
    if (used.settings().refuseUnpriced()
        && !operation.isFree()
        && resolution instanceof Router.Found found
        && used.prices()
            .price(
                found.route().candidates().getFirst().deployment().provider(),
                found.route().candidates().getFirst().model(),
                clock.millis())
            .isEmpty()) {
      return new Router.NotFound(
          new Refusal(
              Reason.NOT_FOUND,
              "model_unpriced",
              "The model '"
                  + model
                  + "' has no price, and unpriced models are refused here. The operator adds one under"
                  + " 'prices:' in probity.yaml."));
    }
    return resolution;
  }

  /**
   * Step 3 for what names no model: the deployment that the client asks for, the one that has what
   * it names, or the first that can.
   *
   * @param id of a file or the like, as the path names it; else empty
   */
  public Router.Resolution deployment(
      Snapshot used,
      Operation operation,
      OrganizationId organization,
      HttpRequest head,
      String id,
      boolean ownCredential) {
    Optional<String> named = Optional.ofNullable(head.headers().get(ClientHeaders.DEPLOYMENT));
    return DeploymentChoice.of(
        used.router().deployments(),
        used.router().health(),
        operation,
        named,
        homes.of(organization, id),
        ownCredential);
  }

  /** What closes up summaries of an organization's conversations. */
  public Sealing sealing(OrganizationId organization) {
    return new SealedSummaries(summaries, organization);
  }

  /** Which deployment has what was made there. */
  public Homes homes() {
    return homes;
  }

  /** Who is tried in which order. */
  public Selection select(Route route, Traits traits) {
    Snapshot used = snapshot;
    return new Selection(
        route,
        traits,
        new RoutingContext(
            used.router().health().affinity(),
            candidate ->
                used.prices()
                    .price(candidate.deployment().provider(), candidate.model(), clock.millis()),
            keys::nameOf,
            clock,
            random));
  }

  /** Step 4: whether the answer's last frame must be asked for, because the client did not. */
  public static boolean asksForUsage(RequestFacts facts) {
    return facts.usageRequest() instanceof RequestFacts.UsageRequest.Missing;
  }

  public Clock clock() {
    return clock;
  }

  public ExchangeLog log() {
    return log;
  }

  public RandomGenerator random() {
    return random;
  }

  /** What decides which free text may be stored. */
  public SafeText safeText() {
    return safeText;
  }

  public GatewayMetrics metrics() {
    return metrics;
  }
}
