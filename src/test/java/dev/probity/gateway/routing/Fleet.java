package dev.probity.gateway.routing;

import dev.probity.gateway.Dialect;
import dev.probity.gateway.upstream.Deployment;
import dev.probity.gateway.upstream.DeploymentSettings;
import dev.probity.kernel.Caller;
import dev.probity.kernel.KeyId;
import dev.probity.kernel.OrganizationId;
import dev.probity.kernel.Role;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Price;
import dev.probity.pricing.Provider;
import dev.probity.testing.FixedClock;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Some deployments and calls among which to choose, with a clock and chance that stand still. */
final class Fleet {
  final FixedClock clock = new FixedClock();
  final HealthBoard board = new HealthBoard(clock, 11, 22);
  final Map<String, Price> prices = new HashMap<>();
  final Random random = new Random(20261121);
  Optional<String> keyName = Optional.of("laptop");
  private final List<Candidate> candidates = new ArrayList<>();

  Fleet with(String name) {
    return with(name, 1, 0);
  }

  Fleet with(String name, int weight, int priority, Condition... when) {
    Deployment deployment =
        Deployment.of(
            new DeploymentSettings(
                name,
                Provider.OPENAI,
                URI.create("https://" + name + ".example/v1"),
                Optional.of(new Secret("sk-" + name)),
                Optional.empty()));
    candidates.add(
        new Candidate(
            deployment,
            "m",
            Optional.of("m"),
            weight,
            priority,
            Dialect.CHAT,
            board.of(name),
            List.of(when)));
    return this;
  }

  Health health(String name) {
    return board.of(name);
  }

  Route route(Policy policy) {
    return route(policy, Affinity.By.SESSION_OR_PREFIX);
  }

  Route route(Policy policy, Affinity.By affinity) {
    return new Route(
        List.copyOf(candidates),
        List.of(),
        "m",
        policy,
        affinity,
        Optional.of(Dialect.CHAT),
        OptionalLong.empty());
  }

  RoutingContext around() {
    return new RoutingContext(
        board.affinity(),
        candidate -> Optional.ofNullable(prices.get(candidate.deployment().name())),
        key -> keyName,
        clock,
        random);
  }

  Selection select(Route route, Traits traits) {
    return new Selection(route, traits, around());
  }

  /** Whom a call goes to first. */
  String first(Route route, Traits traits) {
    return name(route, select(route, traits).next(clock.nanos()));
  }

  static String name(Route route, int index) {
    return index < 0 ? "nobody" : route.candidates().get(index).deployment().name();
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  /** A number of attempts that fail. */
  void fail(String name, int times) {
    for (int i = 0; i < times; i++) {
      health(name).begun(clock.nanos());
      health(name).ended(Health.Ending.FAILED, clock.nanos());
    }
  }

  void serve(String name, long contentMillis) {
    health(name).begun(clock.nanos());
    health(name).content(contentMillis * 1_000_000, clock.nanos());
    health(name).ended(Health.Ending.SERVED, clock.nanos());
  }

  void run(String name, int calls) {
    for (int i = 0; i < calls; i++) {
      health(name).begun(clock.nanos());
    }
  }

  static Traits call() {
    return call(new DefaultHttpHeaders(), 100, false);
  }

  static Traits call(HttpHeaders headers, long bytes, boolean stream) {
    return new Traits(caller(), headers, bytes, stream, Optional.empty(), OptionalLong.empty());
  }

  static Traits session(String session) {
    return new Traits(
        caller(), new DefaultHttpHeaders(), 100, false, Optional.of(session), OptionalLong.empty());
  }

  static Traits prefix(long prefix) {
    return new Traits(
        caller(), new DefaultHttpHeaders(), 100, false, Optional.empty(), OptionalLong.of(prefix));
  }

  static Traits after(String response) {
    return new Traits(
        caller(),
        new DefaultHttpHeaders(),
        100,
        false,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(response));
  }

  static Caller caller() {
    return new Caller(OrganizationId.FIRST, new KeyId("k_laptop"), Role.MEMBER);
  }
}
