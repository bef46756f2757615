package dev.probity.telemetry.place;

import com.maxmind.db.Reader;
import dev.probity.telemetry.Place;
import dev.probity.telemetry.intake.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Places by an MMDB database, in either of the two ways in which they are laid out: flat ({@code
 * country_code}, {@code city}, {@code latitude}, {@code longitude}), or as GeoIP2 has it ({@code
 * country.iso_code}, {@code city.names.en}, {@code location.latitude}).
 */
final class MmdbPlaces implements Places {
  private static final System.Logger LOG = System.getLogger(MmdbPlaces.class.getName());
  private static final int LONGEST_CITY = 100;
  private static final double TENTHS = 10;

  private final Reader reader;
  private final Path file;
  private final Precision precision;
  private final Countries countries;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * Opens a database, mapped into memory.
   *
   * @throws IOException if it is none; the message names the file
   */
  MmdbPlaces(Path file, Precision precision, Countries countries) throws IOException {
    this.file = file;
    this.precision = precision;
    this.countries = countries;
    if (!Files.isReadable(file)) {
      throw new IOException("telemetry.places_file: " + file + " can't be read");
    }
    try {
      reader = new Reader(file.toFile(), Reader.FileMode.MEMORY_MAPPED);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "telemetry.places_file: " + file + " is no MMDB database (expected: a file.mmdb)", e);
    }
  }

  /** What the database calls itself, and its file's name. */
  List<String> names() {
    // Both can be null: a damaged database has no type, and a root no name.
    return Stream.of(reader.getMetadata().databaseType(), file.getFileName())
        .map(String::valueOf)
        .toList();
  }

  @Override
  public Optional<Place> placeOf(InetAddress address) {
    if (!PublicAddresses.contain(address)) {
      return Optional.empty();
    }
    try {
      Map<?, ?> found = reader.get(address, Map.class);
      return found == null ? Optional.empty() : place(found);
    } catch (IOException | RuntimeException e) {
      if (!complained.getAndSet(true)) {
        // The cause may quote the address, so only its kind is told.
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} can''t be read everywhere: {1}",
            file,
            e.getClass().getSimpleName());
      }
      return Optional.empty();
    }
  }

  private Optional<Place> place(Map<?, ?> found) {
    String country =
        text(found, "country_code")
            .or(() -> text(found, "country", "iso_code"))
            .or(() -> text(found, "registered_country", "iso_code"))
            .map(code -> code.toUpperCase(Locale.ROOT))
            .orElse("");
    Optional<Place> middle = countries.middle(country);
    if (middle.isEmpty() || precision != Precision.CITY) {
      return middle;
    }
    Optional<String> city = text(found, "city").or(() -> text(found, "city", "names", "en"));
    Optional<Integer> latitude = tenths(found, "latitude", 90);
    Optional<Integer> longitude = tenths(found, "longitude", 180);
    return city.isEmpty() || latitude.isEmpty() || longitude.isEmpty()
        ? middle
        : Optional.of(new Place(country, city.get(), latitude.get(), longitude.get()));
  }

  private static Optional<String> text(Map<?, ?> found, String... path) {
    return value(found, path) instanceof String text && !text.isBlank()
        ? Optional.of(text.strip()).filter(it -> it.length() <= LONGEST_CITY)
        : Optional.empty();
  }

  private static Optional<Integer> tenths(Map<?, ?> found, String name, int most) {
    Object value = value(found, name);
    if (value == null) {
      value = value(found, "location", name);
    }
    return value instanceof Number number && Math.abs(number.doubleValue()) <= most
        ? Optional.of((int) Math.round(number.doubleValue() * TENTHS))
        : Optional.empty();
  }

  private static @Nullable Object value(Map<?, ?> found, String... path) {
    @Nullable Object value = found;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }
}
