package dev.probity.pricing;

import dev.probity.pricing.PublishedPrices.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The book (with the operator's prices) held against a published table.
 *
 * @param agreeing models whose every published price is the book's
 */
public record PriceComparison(
    int agreeing, List<Difference> differences, List<PublishedPrices.Row> unknown) {
  /**
   * A price that the two say differently, in pico-USD per token.
   *
   * @param version the book's row
   */
  public record Difference(
      Provider provider, String model, Part part, long booked, long published, String version) {}

  /**
   * @param atMillis when the book's prices are to hold
   */
  public static PriceComparison of(PriceBook book, PublishedPrices published, long atMillis) {
    List<Difference> differences = new ArrayList<>();
    List<PublishedPrices.Row> unknown = new ArrayList<>();
    int agreeing = 0;
    for (PublishedPrices.Row row : published.rows()) {
      Optional<Price> price = book.price(row.provider(), row.model(), atMillis);
      if (price.isEmpty()) {
        unknown.add(row);
        continue;
      }
      Rates rates = price.get().row().standard().times(price.get().factor());
      int before = differences.size();
      row.prices()
          .forEach((part, said) -> {
            if (part.of(rates) != said) {
              differences.add(
                  new Difference(
                      row.provider(),
                      row.model(),
                      part,
                      part.of(rates),
                      said,
                      price.get().version()));
            }
          });
      agreeing += differences.size() == before ? 1 : 0;
    }
    return new PriceComparison(agreeing, List.copyOf(differences), List.copyOf(unknown));
  }
}
