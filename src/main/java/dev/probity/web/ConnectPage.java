package dev.probity.web;

import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.http.Origin;
import java.util.List;

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
    return pages.page(
        "ConnectPage",
        "Connect a client",
        "connect",
        new View(origin.toString(), openAi, Snippets.all(origin, openAi, anthropic)));
  }

  /**
   * A model that is served here in these providers' dialect: one that is configured by its name,
   * else one that a glob leads to; else the simulated one, which every installation has.
   */
  private String exampleModel(List<String> providers) {
    List<ModelEntry> entries =
        catalog.models().stream()
            .filter(e -> e.routes().stream().anyMatch(r -> providers.contains(r.provider())))
            .toList();
    return entries.stream()
        .map(ModelEntry::name)
        .filter(name -> !name.contains("*"))
        .findFirst()
        .or(() ->
            entries.stream()
                .flatMap(entry -> entry.routes().stream())
                .filter(route -> providers.contains(route.provider()))
                .flatMap(route -> route.prices().stream())
                .map(PriceLine::model)
                .filter(name -> !name.contains("*"))
                .findFirst())
        .orElse("simulated");
  }
}
