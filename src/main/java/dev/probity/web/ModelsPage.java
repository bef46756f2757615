package dev.probity.web;

import dev.probity.gateway.catalog.ModelCatalog;
import dev.probity.gateway.catalog.ModelCatalog.ModelEntry;
import dev.probity.gateway.catalog.ModelCatalog.ModelRoute;
import dev.probity.gateway.catalog.ModelCatalog.PriceLine;
import dev.probity.gateway.catalog.ModelsApi;
import dev.probity.http.Answer;
import dev.probity.http.Call;
import dev.probity.web.figures.Format;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What can be asked for, who serves it, and what it costs. */
public final class ModelsPage {
  private final Pages pages;
  private final ModelCatalog catalog;

  ModelsPage(Pages pages, ModelCatalog catalog) {
    this.pages = pages;
    this.catalog = catalog;
  }

  /**
   * The page's content.
   *
   * @param unpriced how many routes lead to models without a price
   */
  public record View(List<ModelEntry> models, long unpriced) {
    /** A price as dollars per million tokens: $0.25, $15. */
    public String price(long picoPerToken) {
      return "$" + ModelsApi.usdPerMillion(picoPerToken);
    }

    /** What a row of prices is for, beyond its model. */
    public String condition(PriceLine price) {
      String tier = price.tier().equals("standard") ? "" : price.tier();
      if (price.aboveInputTokens().isEmpty()) {
        return tier;
      }
      String above = "> " + Format.compact(price.aboveInputTokens().getAsLong()) + " input";
      return tier.isEmpty() ? above : tier + ", " + above;
    }

    /** The share of a route among those of its priority: 70%. */
    public String share(ModelEntry entry, ModelRoute route) {
      int all =
          entry.routes().stream()
              .filter(other -> other.priority() == route.priority())
              .mapToInt(ModelRoute::weight)
              .sum();
      return BigDecimal.valueOf(100L * route.weight())
              .divide(BigDecimal.valueOf(Math.max(1, all)), 0, RoundingMode.HALF_UP)
          + "%";
    }
  }

  Answer show(Call call) {
    call.query();
    List<ModelEntry> models = catalog.models();
    long unpriced =
        models.stream()
            .flatMap(entry -> entry.routes().stream())
            .filter(route -> route.prices().isEmpty())
            .count();
    return pages.page("ModelsPage", "Models & prices", "models", new View(models, unpriced));
  }
}
