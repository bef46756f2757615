package dev.probity.telemetry.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.telemetry.Place;
import dev.probity.telemetry.intake.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceSourceTest {
  private static final Logger QUIET = Logger.getLogger(MmdbPlaces.class.getName());

  @TempDir private Path folder;

  @AfterEach
  void listenAgain() {
    QUIET.setLevel(null);
  }

  @Test
  void off_findsNothingAndSaysNothing() throws IOException {
    PlaceSource off = PlaceSource.open(PlaceSettings.OFF);

    assertThat(off.isOn()).isFalse();
    assertThat(off.places().placeOf(address("8.8.8.8"))).isEmpty();
    assertThat(off.attribution()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8.8.8.8,US,399,-989",
    "193.0.6.139,NL,,",
    "202.12.27.33,JP,,",
    "200.160.2.3,BR,,",
    "196.216.2.1,ZA,,",
    "2001:4860:4860::8888,US,399,-989",
    "2a00:1450:4001:81b::200e,,,",
    "2001:67c:2e8:22::c100:68b,NL,,",
    "2001:dc0::1,AU,,"
  })
  void bundledTable_knowsCountries(String address, String country, Integer lat, Integer lon)
      throws IOException {
    PlaceSource source = PlaceSource.open(settings(Precision.COUNTRY, Optional.empty()));

    Optional<Place> place = source.places().placeOf(address(address));

    assertThat(place).isPresent();
    assertThat(place.get().city()).isEmpty();
    if (country != null) {
      assertThat(place.get().country()).isEqualTo(country);
    }
    if (lat != null) {
      assertThat(place.get()).isEqualTo(new Place("US", "", lat, lon));
    }
    assertThat(source.attribution().orElseThrow().text()).contains("NRO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "127.0.0.1",
        "169.254.1.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "fc12::1",
        "ff02::1",
        "2001:db8::1",
        "fec0::1"
      })
  void privateAddresses_haveNoPlace(String address) throws IOException {
    Path all =
        new MmdbWriter("test")
            .put("::/1", Map.of("country_code", "DE"))
            .put("8000::/1", Map.of("country_code", "DE"))
            .write(folder.resolve("all.mmdb"));

    for (Optional<Path> file : List.of(Optional.<Path>empty(), Optional.of(all))) {
      Places places = PlaceSource.open(settings(Precision.COUNTRY, file)).places();
      assertThat(places.placeOf(address(address))).isEmpty();
    }
  }

  @Test
  void flatDatabase_givesCitiesInTenthsOfADegree() throws IOException {
    Places places = open(Precision.CITY, flat());

    assertThat(places.placeOf(address("81.2.69.142"))).contains(new Place("GB", "London", 515, -1));
    assertThat(places.placeOf(address("2a02:1::5"))).contains(new Place("PT", "Lisboa", 387, -91));
    assertThat(places.placeOf(address("9.9.9.9"))).isEmpty();
  }

  @Test
  void geoIp2Database_givesTheSame() throws IOException {
    Path file =
        new MmdbWriter("GeoLite2-City")
            .put(
                "81.2.69.0/24",
                Map.of(
                    "country", Map.of("iso_code", "GB"),
                    "city", Map.of("names", Map.of("en", "London", "de", "London an der Themse")),
                    "location", Map.of("latitude", 51.5142, "longitude", -0.0931)))
            .put("5.0.0.0/8", Map.of("registered_country", Map.of("iso_code", "DE")))
            .write(folder.resolve("any.mmdb"));
    PlaceSource source = PlaceSource.open(settings(Precision.CITY, Optional.of(file)));

    assertThat(source.places().placeOf(address("81.2.69.142")))
        .contains(new Place("GB", "London", 515, -1));
    assertThat(source.places().placeOf(address("5.1.1.1"))).contains(new Place("DE", "", 510, 104));
    assertThat(source.attribution().orElseThrow().text()).contains("GeoLite2", "MaxMind");
  }

  @Test
  void country_keepsNoCityEvenIfTheDatabaseHasIt() throws IOException {
    assertThat(open(Precision.COUNTRY, flat()).placeOf(address("81.2.69.142")))
        .get()
        .extracting(Place::country, Place::city)
        .containsExactly("GB", "");
  }

  @Test
  void strangeRecords_areNoPlaceOrTheCountrysMiddle() throws IOException {
    Path file =
        new MmdbWriter("test")
            .put("5.1.0.0/16", Map.of("country_code", "de", "city", "Bonn"))
            .put(
                "5.2.0.0/16",
                Map.of("country_code", "DE", "city", "Bonn", "latitude", 950.0, "longitude", 7.1))
            .put("5.3.0.0/16", Map.of("country_code", "??"))
            .put("5.4.0.0/16", Map.of("country_code", 7))
            .put("5.5.0.0/16", Map.of("country", "DE"))
            .put("5.6.0.0/16", Map.of())
            .write(folder.resolve("strange.mmdb"));
    Places places = open(Precision.CITY, file);

    assertThat(places.placeOf(address("5.1.1.1"))).contains(new Place("DE", "", 510, 104));
    assertThat(places.placeOf(address("5.2.1.1"))).contains(new Place("DE", "", 510, 104));
    for (String none : new String[] {"5.3.1.1", "5.4.1.1", "5.5.1.1", "5.6.1.1"}) {
      assertThat(places.placeOf(address(none))).isEmpty();
    }
  }

  @Test
  void attribution_isKnownByTypeOrFileName_andTheOperatorsOwnWins() throws IOException {
    Path named = Files.copy(flat(), folder.resolve("dbip-city-ipv4.mmdb"));
    PlaceSource dbip = PlaceSource.open(settings(Precision.CITY, Optional.of(named)));
    PlaceSource own =
        PlaceSource.open(
            new PlaceSettings(Precision.CITY, Optional.of(named), Optional.of("By us")));

    assertThat(dbip.attribution())
        .contains(new Attribution("IP Geolocation by DB-IP", "https://db-ip.com"));
    assertThat(own.attribution()).contains(new Attribution("By us", ""));
    assertThat(PlaceSource.open(settings(Precision.CITY, Optional.of(flat()))).attribution())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"COUNTRY", "CITY"})
  void unreadableDatabase_isToldByName(Precision precision) throws IOException {
    Path garbage = Files.write(folder.resolve("garbage.mmdb"), new byte[5_000]);

    for (Path file : new Path[] {garbage, folder.resolve("absent.mmdb")}) {
      assertThatThrownBy(() -> open(precision, file))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("telemetry.places_file", file.toString());
    }
  }

  @Test
  void damagedDatabase_findsNothingRatherThanFail() throws IOException {
    // Each of these would complain of itself.
    QUIET.setLevel(Level.OFF);
    byte[] whole = Files.readAllBytes(flat());
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged-" + round + ".mmdb"), damaged);
      try {
        assertThat(open(Precision.CITY, file).placeOf(address("81.2.69.142"))).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("places_file");
      }
    }
  }

  @Test
  void address_isNeverLoggedNorPartOfWhatIsFound() throws IOException {
    String canary = "81.2.69.142";
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            StringWriter trace = new StringWriter();
            if (entry.getThrown() != null) {
              entry.getThrown().printStackTrace(new PrintWriter(trace));
            }
            logged.add(new SimpleFormatter().formatMessage(entry) + trace);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      byte[] cut = Files.readAllBytes(flat());
      // The data of the only record is no data any more.
      int data = new String(cut, StandardCharsets.ISO_8859_1).indexOf("London") - 40;
      Arrays.fill(cut, data, data + 60, (byte) 0xff);
      Path broken = Files.write(folder.resolve("broken.mmdb"), cut);
      Places places = open(Precision.CITY, broken);
      assertThat(places.placeOf(address(canary))).isEmpty();
      assertThat(places.placeOf(address(canary))).isEmpty();
    } finally {
      root.removeHandler(listener);
    }
    assertThat(logged).hasSize(1).first().asString().contains("broken.mmdb");
    assertThat(logged.toString()).doesNotContain(canary, "51020", "5102458e", "81-2-69-142");
    assertThat(open(Precision.CITY, flat()).placeOf(address(canary)).orElseThrow().toString())
        .doesNotContain("81.2", "142");
  }

  private Path flat() throws IOException {
    return new MmdbWriter("city ipv4")
        .put(
            "81.2.69.0/24",
            Map.of(
                "country_code", "GB", "city", "London", "latitude", 51.5142, "longitude", -0.0931))
        .put(
            "2a02:1::/32",
            Map.of(
                "country_code", "PT", "city", "Lisboa", "latitude", 38.7223, "longitude", -9.1393))
        .write(folder.resolve("flat.mmdb"));
  }

  private static Places open(Precision precision, Path file) throws IOException {
    return PlaceSource.open(settings(precision, Optional.of(file))).places();
  }

  private static PlaceSettings settings(Precision precision, Optional<Path> file) {
    return new PlaceSettings(precision, file, Optional.empty());
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
