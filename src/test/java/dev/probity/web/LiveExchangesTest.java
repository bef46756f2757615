package dev.probity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.Exchange;
import dev.probity.gateway.ExchangeQuery;
import dev.probity.testing.HttpCalls;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveExchangesTest {
  @Test
  void stream_sendsWhatMatchesAsRows() throws Exception {
    try (TestPlane plane = TestPlane.full();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpCalls owner = plane.owner();
      var answer =
          client.send(
              owner.request("GET", "/exchanges/live?model=gpt-6.1", ""),
              BodyHandlers.ofInputStream());
      assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        readTo(lines, "event: ready");

        Exchange wanted = plane.exchangeNow();
        while (!wanted.requestedModel().equals("gpt-6.1")) {
          wanted = plane.exchangeNow();
        }

        readTo(lines, "event: exchange");
        assertThat(lines.readLine()).isEqualTo("id: " + wanted.id());
        assertThat(lines.readLine()).startsWith("data: <tr");
      }
    }
  }

  @Test
  void filter_isTheOneOfTheLog() {
    try (TestPlane plane = TestPlane.full()) {
      Exchange exchange = plane.newest(1).getFirst();
      long at = exchange.startedAtMillis();

      assertThat(LiveExchanges.matches(ExchangeQuery.Filter.ALL, exchange)).isTrue();
      assertThat(LiveExchanges.matches(between(at, at + 1), exchange)).isTrue();
      assertThat(LiveExchanges.matches(between(at + 1, at + 2), exchange)).isFalse();
      assertThat(LiveExchanges.matches(between(at - 1, at), exchange)).isFalse();
      assertThat(LiveExchanges.matches(ofKey("another"), exchange)).isFalse();
      assertThat(LiveExchanges.matches(ofKey(exchange.key().value()), exchange)).isTrue();
    }
  }

  private static void readTo(BufferedReader lines, String wanted) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.equals(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo(wanted);
  }

  private static ExchangeQuery.Filter between(long from, long to) {
    return new ExchangeQuery.Filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(from),
        OptionalLong.of(to));
  }

  private static ExchangeQuery.Filter ofKey(String key) {
    return new ExchangeQuery.Filter(
        Optional.empty(),
        Optional.of(key),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
