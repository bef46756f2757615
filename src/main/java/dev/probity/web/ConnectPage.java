package dev.probity.web;

import dev.probity.gateway.ModelCatalog;
import dev.probity.gateway.ModelCatalog.ModelEntry;
import dev.probity.gateway.ModelCatalog.ModelRoute;
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
   * @param base the address that clients use
   * @param model one that works here, for the examples
   */
  public record View(String base, String model, List<Snippet> snippets) {}

  Answer show(Call call) {
    call.query();
    Origin origin = call.origin();
    List<Snippet> snippets =
        Snippets.all(origin, exampleModel("openai"), exampleModel("anthropic"));
    return pages.page(
        "ConnectPage",
        "Connect a client",
        "connect",
        new View(origin.toString(), exampleModel("openai"), snippets));
  }

  /**
   * A model of this provider that is configured by its name; else one that any installation has.
   */
  private String exampleModel(String provider) {
    return catalog.models().stream()
        .filter(entry -> !entry.name().contains("*"))
        .filter(entry -> leadsTo(entry, provider))
        .map(ModelEntry::name)
        .findFirst()
        .or(() ->
            catalog.models().stream()
                .map(ModelEntry::name)
                .filter(name -> !name.contains("*"))
                .findFirst())
        .orElse("simulated");
  }

  private static boolean leadsTo(ModelEntry entry, String provider) {
    return entry.routes().stream().map(ModelRoute::provider).anyMatch(provider::equals);
  }
}
