package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.telemetry.place.Attribution;
import dev.probity.telemetry.place.PlaceSource;
import dev.probity.telemetry.place.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GlobeTest {
  static final PlaceSource CITIES =
      new PlaceSource(
          address -> Optional.empty(),
          Precision.CITY,
          Optional.of(new Attribution("IP Geolocation by DB-IP", "https://db-ip.com")));

  @Test
  void page_saysHowPlacesAreSwitchedOn_whileTheyAreOff() {
    try (TestPlane plane = TestPlane.empty()) {
      String page = plane.owner().get("/globe").body();

      assertThat(page).contains("Places are switched off", "places: country", "places_file");
      assertThat(page).doesNotContain("<canvas", "globe.js");
    }
  }

  @Test
  void page_saysThatNothingCame_whileThatIsSo() {
    try (TestPlane plane = TestPlane.withPlaces(CITIES)) {
      assertThat(plane.owner().get("/globe").body()).contains("Nothing from anywhere yet");
    }
  }

  @Test
  void page_showsPlacesByTheMetric_andWhatTheLicenceAsksFor() {
    try (TestPlane plane = TestPlane.withPlaces(CITIES)) {
      SamplePlaces.addTo(plane.telemetry, plane.clock.millis());

      String page = plane.owner().get("/globe?range=30d&metric=charge").body();

      assertThat(page).contains("<a href=\"https://db-ip.com\"", "IP Geolocation by DB-IP");
      assertThat(page).contains("data-place=\"DE/Berlin\"", "claude-code, codex", "15 places in");
      assertThat(page).contains("Singapore");
      assertThat(plane.owner().get("/globe?metric=people").statusCode()).isEqualTo(400);
      assertThat(plane.owner().get("/globe?range=forever").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void api_hasARowForEveryPlaceAndAgent() {
    try (TestPlane plane = TestPlane.withPlaces(CITIES)) {
      SamplePlaces.addTo(plane.telemetry, plane.clock.millis());

      JsonNode items = Json.lenient(plane.owner().get("/api/places").body()).path("items");
      List<String> csv = plane.owner().get("/api/places?format=csv").body().lines().toList();

      assertThat(items.size()).isEqualTo(plane.telemetry.places.size());
      assertThat(items.path(0).path("city").asString()).isEqualTo("Berlin");
      assertThat(items.path(0).path("country_name").asString()).isEqualTo("Germany");
      assertThat(items.path(0).path("latitude").asDouble()).isEqualTo(52.5);
      assertThat(items.path(0).path("sessions").asLong()).isEqualTo(420);
      assertThat(csv).hasSize(items.size() + 1);
      assertThat(csv.get(1)).startsWith("DE,Germany,Berlin,52.5,13.4,claude-code,420,");
    }
  }

  @Test
  void news_arePlaceAgentAndCount_andNothingElse() throws Exception {
    try (TestPlane plane = TestPlane.withPlaces(CITIES);
        HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              plane.owner().request("GET", "/globe/live", ""), BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        readTo(lines, "event: ready");
        plane.reports.publish(
            List.of(
                SamplePlaces.stored(SamplePlaces.SUVA, "codex", "one"),
                SamplePlaces.stored(SamplePlaces.SUVA, "codex", "two")));

        readTo(lines, "event: here");
        assertThat(lines.readLine())
            .isEqualTo(
                "data: {\"place\":\"FJ/Suva\",\"label\":\"Suva\",\"latitude\":-18.1,"
                    + "\"longitude\":178.4,\"agent\":\"codex\",\"count\":2}");
      }
    }
  }

  private static void readTo(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo(wanted);
  }
}
