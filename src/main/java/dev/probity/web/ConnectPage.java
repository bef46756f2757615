package dev.probity.web;

import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.catalog.ModelCatalog.ModelRoute;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Origin;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How to point clients at this installation, ready to paste. */
public final class ConnectPage {
  private final Pages pages;
  private final ModelCatalog catalog;

  ConnectPage(Pages pages, ModelCatalog catalog) {
    this.pages = pages;
    this.catalog = catalog;
  }

  /**
   * The page's content.
   *
   * @param base the address that clients use
   * @param model one that works here, for the examples
   */
  public record View(String base, String model, List<Snippet> snippets) {}

  Answer show(Call call) {
    call.query();
    Origin origin = call.origin();
    String openAi = exampleModel(List.of("openai", "azure-openai", "openai-compatible"));
    String anthropic = exampleModel(List.of("anthropic"));
    String gemini = exampleModel(List.of("gemini"));
    return pages.page(
        "ConnectPage",
        "Connect a client",
        "connect",
        new View(origin.toString(), openAi, Snippets.all(origin, openAi, anthropic, gemini)));
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
