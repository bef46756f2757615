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
import java.util.Optional;

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
   * @param sources of all prices, to be referred to by their number
   */
  public record View(List<ModelEntry> models, long unpriced, List<Source> sources) {
    /** The prices at which a route's models run unless a client asks for another speed. */
    public List<PriceLine> standard(ModelRoute route) {
      return route.prices().stream().filter(View::isStandard).toList();
    }

    public List<PriceLine> otherTiers(ModelRoute route) {
      return route.prices().stream().filter(price -> !isStandard(price)).toList();
    }

    /** The place of a price's source among {@link #sources}, from 1. */
    public int sourceNumber(PriceLine price) {
      return sources.indexOf(Source.of(price)) + 1;
    }

    /** A price as dollars per million tokens: $0.25, $15. */
    public String price(long picoPerToken) {
      return "$" + ModelsApi.usdPerMillion(picoPerToken);
    }

    /** What a row of prices is for, beyond its model. */
    public String condition(PriceLine price) {
      String tier = isStandard(price) ? "" : price.tier();
      if (price.aboveInputTokens().isEmpty()) {
        return tier;
      }
      String above = "> " + Format.compact(price.aboveInputTokens().getAsLong()) + " input";
      return tier.isEmpty() ? above : tier + ", " + above;
    }

    private static boolean isStandard(PriceLine price) {
      return price.tier().equals("standard");
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

  /** Where a price was read. */
  public record Source(String text, Optional<String> url, String retrieved) {
    static Source of(PriceLine price) {
      return new Source(price.source(), price.sourceUrl(), price.retrieved());
    }
  }

  Answer show(Call call) {
    call.query();
    List<ModelEntry> models = catalog.models();
    List<ModelRoute> routes = models.stream().flatMap(entry -> entry.routes().stream()).toList();
    View view =
        new View(
            models,
            routes.stream().filter(route -> route.prices().isEmpty()).count(),
            routes.stream()
                .flatMap(route -> route.prices().stream())
                .map(Source::of)
                .distinct()
                .toList());
    return pages.page("ModelsPage", "Models & prices", "models", view);
  }
}
