package dev.probity.server;

import dev.probity.pricing.PriceBook;
import dev.probity.pricing.PriceComparison;
import dev.probity.pricing.PriceComparison.Difference;
import dev.probity.pricing.PublishedPrices;
import dev.probity.pricing.Rates;
import dev.probity.server.settings.Settings;
import dev.probity.server.settings.SettingsException;
import dev.probity.server.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** {@code ./probity prices check FILE}: where the price book and a downloaded table differ. */
final class PricesCommand {
  /** The exit status when something differs, so that a scheduled job notices. */
  static final int DIFFERENT = 3;

  private final PrintStream out;
  private final PrintStream err;

  PricesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * @param settings whose prices stand above the book's
   * @param nowMillis the prices of which moment are compared
   */
  int check(Path file, Settings settings, long nowMillis) {
    try {
      PublishedPrices published = PublishedPrices.read(Files.readString(file));
      PriceBook book = PriceBook.shipped(settings.prices());
      PriceComparison found = PriceComparison.of(book, published, nowMillis);
      print(book, published, found);
      return found.differences().isEmpty() ? 0 : DIFFERENT;
    } catch (NoSuchFileException _) {
      err.println("probity: there is no file " + file);
    } catch (IllegalArgumentException | IOException e) {
      err.println("probity: " + file + ": " + e.getMessage());
    }
    return 1;
  }

  private void print(PriceBook book, PublishedPrices published, PriceComparison found) {
    out.printf(
        Locale.ROOT,
        "Price book %s against %s: %d models agree, %d prices differ, %d models are not in the book%s.%n",
        book.version(),
        published.format(),
        found.agreeing(),
        found.differences().size(),
        found.unknown().size(),
        published.passedOver() == 0
            ? ""
            : " (" + published.passedOver() + " entries of others passed over)");
    if (!found.differences().isEmpty()) {
      out.printf("%nUSD per million tokens:%n");
      out.printf(
          "  %-42s %-15s %10s %10s  %s%n", "model", "price", "book", "table", "row of the book");
      for (Difference each : found.differences()) {
        out.printf(
            "  %-42s %-15s %10s %10s  %s%n",
            each.provider().text() + "/" + each.model(),
            each.part().text(),
            Rates.text(each.booked()),
            Rates.text(each.published()),
            each.version());
      }
      out.printf(
          "%nWhich is right? A price under 'prices:' in probity.yaml wins over the book, from its day on.%n");
    }
    if (!found.unknown().isEmpty()) {
      out.printf("%nNot in the book, so unpriced:%n");
      found.unknown().forEach(row -> out.println("  " + row.provider().text() + "/" + row.model()));
    }
  }

  /** The settings to compare with. */
  static Settings settings(Optional<Path> config, Environment environment)
      throws SettingsException {
    Optional<Path> file =
        config.or(() -> Optional.of(Path.of("probity.yaml")).filter(Files::exists));
    return file.isPresent()
        ? SettingsFile.read(file.get(), environment.variables())
        : Settings.defaults(environment.variables());
  }
}
