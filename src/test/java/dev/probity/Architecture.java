package dev.probity;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may know whom. ARCHITECTURE.md shows the table; a test holds the two together. */
final class Architecture {
  private static final List<String> LEAVES =
      List.of("kernel", "http", "notify", "pricing", "ledger", "journal");
  private static final List<String> PEOPLE = with(LEAVES, "identity");
  private static final List<String> TRUST = with(PEOPLE, "privacy");
  private static final List<String> SERVICES = with(TRUST, "billing", "telemetry", "optimise");
  private static final List<String> GATEWAY = with(SERVICES, "gateway");
  private static final List<String> FEATURES = with(GATEWAY, "marketplace", "insights");

  /** A package, and the packages that it may import beside itself. */
  static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    MAY_IMPORT.put("kernel", List.of());
    for (String leaf : LEAVES.subList(1, LEAVES.size())) {
      MAY_IMPORT.put(leaf, List.of("kernel"));
    }
    MAY_IMPORT.put("identity", LEAVES);
    MAY_IMPORT.put("privacy", PEOPLE);
    for (String service : List.of("billing", "telemetry", "optimise")) {
      MAY_IMPORT.put(service, TRUST);
    }
    MAY_IMPORT.put("gateway", SERVICES);
    MAY_IMPORT.put("marketplace", GATEWAY);
    MAY_IMPORT.put("insights", GATEWAY);
    MAY_IMPORT.put("web", FEATURES);
    MAY_IMPORT.put("storage", without(FEATURES, "http", "notify"));
    MAY_IMPORT.put("server", with(FEATURES, "web", "storage"));
  }

  private Architecture() {}

  /**
   * One rule.
   *
   * @param planted the name of a class in the test sources that breaks it
   */
  record Rule(String name, String reason, String planted, List<ArchRule> rules) {
    List<String> violations(JavaClasses classes) {
      List<String> violations = new ArrayList<>();
      for (ArchRule rule : rules) {
        violations.addAll(
            rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails());
      }
      return violations;
    }
  }

  /** All rules, for the packages below a root. */
  static Stream<Rule> rules(String root) {
    return Stream.of(featureRules(root), libraryRules(root), ambientRules(root))
        .flatMap(List::stream);
  }

  /** Who among our own packages may know whom. */
  private static List<Rule> featureRules(String root) {
    return List.of(
        new Rule(
            "packages import only what the table allows",
            "a package that knows less can be read, tested and moved alone",
            "KernelKnowsPricing",
            table(root)),
        new Rule(
            "web never meets storage",
            "a page asks a feature; SQL stays replaceable",
            "PageKnowsStorage",
            List.of(
                noClasses()
                    .that(resideInAPackage(root + ".web.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + ".storage..")))),
        new Rule(
            "client formats never import upstreams",
            "both meet in Gateway",
            "FormatKnowsUpstream",
            List.of(
                noClasses()
                    .that(
                        resideInAnyPackage(
                            root + ".gateway.openai..",
                            root + ".gateway.anthropic..",
                            root + ".gateway.gemini.."))
                    .should()
                    .dependOnClassesThat(resideInAPackage(root + ".gateway.upstream..")))),
        new Rule(
            "the packages below a feature form no cycle",
            "a cycle is one package in disguise",
            "upstream",
            Stream.of("gateway", "telemetry", "storage", "web", "privacy", "identity", "server")
                .map(name -> root + "." + name + ".(*)..")
                .map(slice -> (ArchRule) slices().matching(slice).should().beFreeOfCycles())
                .toList()));
  }

  /** Who may know which library. */
  private static List<Rule> libraryRules(String root) {
    return List.of(
        new Rule(
            "only storage knows SQL",
            "the engines are replaceable behind the ports",
            "PricingKnowsSql",
            List.of(
                noClasses()
                    .that(outside(root, "storage"))
                    .should()
                    .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")))),
        new Rule(
            "only the edge knows the HTTP library",
            "features speak domain words; the library is replaceable",
            "LedgerKnowsHelidon",
            List.of(
                noClasses()
                    .that(outside(root, "http", "server", "gateway.upstream.simulated"))
                    .and(not(simpleNameEndingWith("Api")))
                    .and(not(simpleNameEndingWith("Page")))
                    .and(not(nestedInApiOrPage()))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.helidon..")))),
        new Rule(
            "only gateway and server know Netty",
            "what is not model traffic is ordinary blocking code",
            "LedgerKnowsNetty",
            List.of(
                noClasses()
                    .that(outside(root, "gateway", "server"))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.netty..")))));
  }

  /** Who may reach for what surrounds the process. */
  private static List<Rule> ambientRules(String root) {
    return List.of(
        new Rule(
            "only kernel and server touch clock, randomness and environment",
            "everything else is given them, so that tests and simulations can turn them",
            "LedgerAsksTheClock",
            ambient(root)),
        new Rule(
            "only clients, upstreams and notify open connections",
            "egress is in few places, where it can be checked against the policy",
            "PricingOpensConnections",
            List.of(
                noClasses()
                    .that(outside(root, "gateway.upstream", "notify"))
                    .and(not(simpleNameEndingWith("Client")))
                    // It calls the server that it has just started, on this machine.
                    .and(not(simpleName("TrainCommand")))
                    .should()
                    .dependOnClassesThat(
                        resideInAPackage("java.net.http..")
                            .or(named("java.net.Socket"))
                            .or(named("java.net.URLConnection"))
                            .or(named("java.net.HttpURLConnection"))))));
  }

  private static List<ArchRule> table(String root) {
    List<ArchRule> rules = new ArrayList<>();
    MAY_IMPORT.forEach((name, others) -> {
      String[] forbidden =
          MAY_IMPORT.keySet().stream()
              .filter(other -> !other.equals(name) && !others.contains(other))
              .map(other -> root + "." + other + "..")
              .toArray(String[]::new);
      if (forbidden.length > 0) {
        rules.add(
            noClasses()
                .that(resideInAPackage(root + "." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden)));
      }
    });
    return rules;
  }

  private static List<ArchRule> ambient(String root) {
    DescribedPredicate<JavaClass> elsewhere = outside(root, "kernel", "server");
    return List.of(
        noClasses().that(elsewhere).should().callMethod(System.class, "currentTimeMillis"),
        noClasses().that(elsewhere).should().callMethod(System.class, "nanoTime"),
        noClasses().that(elsewhere).should().callMethod(System.class, "getenv"),
        noClasses().that(elsewhere).should().callMethod(System.class, "getenv", String.class),
        noClasses().that(elsewhere).should().callMethod(java.time.Instant.class, "now"),
        noClasses().that(elsewhere).should().callMethod(java.time.LocalDate.class, "now"),
        noClasses().that(elsewhere).should().callMethod(java.util.UUID.class, "randomUUID"),
        noClasses().that(elsewhere).should().callMethod(Math.class, "random"),
        noClasses().that(elsewhere).should().callConstructor(java.security.SecureRandom.class),
        noClasses()
            .that(elsewhere)
            .should()
            .dependOnClassesThat(named("java.util.concurrent.ThreadLocalRandom")));
  }

  private static DescribedPredicate<JavaClass> outside(String root, String... packages) {
    String[] inside =
        Stream.of(packages).map(name -> root + "." + name + "..").toArray(String[]::new);
    return not(resideInAnyPackage(inside));
  }

  private static DescribedPredicate<JavaClass> nestedInApiOrPage() {
    return DescribedPredicate.describe(
        "nested in an Api or a Page",
        type ->
            type.getEnclosingClass().stream()
                .anyMatch(outer ->
                    outer.getSimpleName().endsWith("Api")
                        || outer.getSimpleName().endsWith("Page")));
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getName().equals(name));
  }

  private static List<String> with(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more)).toList();
  }

  private static List<String> without(List<String> names, String... fewer) {
    return names.stream().filter(name -> !List.of(fewer).contains(name)).toList();
  }
}
