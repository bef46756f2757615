package dev.probity.web.connect;

import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.catalog.ModelCatalog.ModelRoute;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Origin;
import dev.probity.http.Parameters;
import dev.probity.identity.Keys;
import dev.probity.kernel.Role;
import dev.probity.web.Pages;
import dev.probity.web.connect.Snippet.Block;
import dev.probity.web.health.Intake;
import dev.probity.web.sessions.Link;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How to point agents and clients at this installation, ready to paste. */
public final class ConnectPage {
  private final Pages pages;
  private final ModelCatalog catalog;
  private final Keys keys;
  private final Intake intake;

  public ConnectPage(Pages pages, ModelCatalog catalog, Keys keys, Intake intake) {
    this.pages = pages;
    this.catalog = catalog;
    this.keys = keys;
    this.intake = intake;
  }

  /**
   * The page's content.
   *
   * @param setups every agent's settings, to choose from
   * @param setup the chosen one's
   * @param check shows whether a key works
   * @param live where it is told that a report came in
   * @param created the key that was just made, whole, for the only time
   * @param wrong what was wrong with the form
   * @param person what was filled in
   * @param base the address that clients of the gateway use
   * @param snippets how they are told
   */
  public record View(
      List<AgentSetup> setups,
      AgentSetup setup,
      Block check,
      String live,
      Optional<String> created,
      String wrong,
      String person,
      String base,
      List<Snippet> snippets) {
    /** A text with the new key in its place. */
    public String filled(String text) {
      return created.map(key -> text.replace("YOUR_KEY", key)).orElse(text);
    }
  }

  public Answer show(Call call) {
    Parameters query = call.query("agent");
    return page(call, 200, agent(query), Optional.empty(), "", "");
  }

  /** Makes a key for one agent, and shows its settings with it. */
  public Answer create(Call call) {
    Parameters form = call.form("agent", "person");
    String agent = agent(form);
    Optional<String> person = form.text("person");
    String title = AgentSetups.of(agent, new Collector("", "")).title();
    String name = person.map(who -> title + ", " + who).orElse(title);
    String shortened = name.length() > 100 ? name.substring(0, 100) : name;
    return switch (keys.create(call.caller().organization(), shortened, Role.MEMBER, person)) {
      case Keys.Created created -> page(call, 201, agent, Optional.of(created), "", "");
      case Keys.Refused refused ->
          page(
              call,
              refused.refusal().status(),
              agent,
              Optional.empty(),
              refused.refusal().message(),
              person.orElse(""));
    };
  }

  private static String agent(Parameters parameters) {
    return parameters.oneOf("agent", AgentSetups.IDS).orElse(AgentSetups.IDS.getFirst());
  }

  private Answer page(
      Call call,
      int status,
      String agent,
      Optional<Keys.Created> created,
      String wrong,
      String person) {
    Origin origin = call.origin();
    Collector collector = Collector.of(origin, intake);
    Link live = Link.to("/telemetry/live");
    String openAi = exampleModel(List.of("openai", "azure-openai", "openai-compatible"));
    String anthropic = exampleModel(List.of("anthropic"));
    String gemini = exampleModel(List.of("gemini"));
    View view =
        new View(
            AgentSetups.all(collector),
            AgentSetups.of(agent, collector),
            check(collector),
            created.map(key -> live.with("key", key.record().id().value())).orElse(live).toString(),
            created.map(key -> key.key().reveal()),
            wrong,
            person,
            origin.toString(),
            Snippets.all(origin, openAi, anthropic, gemini));
    return pages.page(status, "ConnectPage", "Connect", "connect", view);
  }

  private static Block check(Collector collector) {
    return new Block(
        "Shell",
        """
        curl -i %s/v1/logs \\
          -H "Authorization: Bearer YOUR_KEY" \\
          -H "Content-Type: application/json" \\
          -d '{"resourceLogs": []}'
        """
            .formatted(collector.http()));
  }

  /**
   * A model that these providers serve here to any client: one that is configured by its name, else
   * the newest that a glob leads to; else the simulated one, which every installation has.
   */
  private String exampleModel(List<String> providers) {
    return catalog.models().stream()
        .filter(entry -> !entry.name().contains("*"))
        .filter(entry -> entry.routes().stream().anyMatch(route -> serves(route, providers)))
        .map(ModelEntry::name)
        .findFirst()
        .or(() -> newestPriced(providers))
        .orElse(Snippets.SIMULATED);
  }

  private Optional<String> newestPriced(List<String> providers) {
    return catalog.models().stream()
        .flatMap(entry -> entry.routes().stream())
        .filter(route -> serves(route, providers) && route.model().equals("*"))
        .flatMap(route -> route.prices().stream())
        .filter(price -> !price.model().contains("*") && price.output() > 0)
        .max(Comparator.comparing(PriceLine::from))
        .map(PriceLine::model);
  }

  private static boolean serves(ModelRoute route, List<String> providers) {
    return route.credential() && providers.contains(route.provider());
  }
}
