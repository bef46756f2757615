package dev.probity.server.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.http.Json;
import dev.probity.kernel.Secret;
import dev.probity.server.RunningProbity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The commands that ask a running Probity, against one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteCommandsTest {
  private static final String ASK =
      """
      {"model":"simulated","messages":[{"role":"user","content":
        "simulate: usage uncached_input=1000 output_text=500"}]}
      """;
  private static final String DEARER =
      """
      simulated: true
      prices: [ { provider: simulated, model: simulated, from: 2026-01-01, input: 2, output: 8 } ]
      """;

  private final RunningProbity probity = started();

  private record Said(int status, String out, String err) {}

  private interface Command {
    int run(ControlClient client, PrintStream out, PrintStream err);
  }

  private static RunningProbity started() {
    try {
      return RunningProbity.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  void call() throws Exception {
    ask();
    probity.awaitStored();
  }

  @AfterAll
  void stop() throws IOException {
    probity.close();
  }

  @Test
  void explain_tellsTheCall() throws Exception {
    String id = ask();
    probity.awaitStored();
    Said said = explain(probity.baseUri(), Optional.of(probity.ownerKey()), id);
    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .startsWith("Asked for simulated in the chat format.")
        .contains("One deployment could serve it", "answered 200", "and cost");
    assertThat(probity.send("GET", "/exchanges/" + id, "").body())
        .contains("What happened", "Asked for simulated in the chat format.");
  }

  @Test
  void whatIsWrong_isSaidInWords() throws Exception {
    URI base = probity.baseUri();
    Optional<String> key = Optional.of(probity.ownerKey());
    assertThat(explain(base, key, "ex_0000000000000").err())
        .contains("There is no exchange with this id");
    assertThat(explain(base, key, "../keys").err()).startsWith("probity: ").hasLineCount(1);
    assertThat(explain(base, Optional.empty(), "x").err()).contains("PROBITY_ADMIN_KEY", "--key");
    assertThat(explain(base, Optional.of("nobodys"), "x").err()).contains("is not known");
    assertThat(explain(base, Optional.of("a\nb"), "x").err()).contains("the key has characters");
    assertThat(explain(base, Optional.of(memberKey()), "x").err()).contains("an owner's key");
    assertThat(reprice(base, Optional.of(memberKey()), true).status()).isEqualTo(1);
    Said nobody = explain(URI.create("http://127.0.0.1:" + closedPort()), key, "x");
    assertThat(nobody.err()).contains("is Probity running?");
    assertThat(nobody.status()).isEqualTo(1);
    assertThat(nobody.out()).isEmpty();
  }

  @Test
  void reprice_showsThenChangesThenFindsNothing() throws Exception {
    String id = ask();
    probity.awaitStored();
    long before = charge(id);
    long sumBefore = summed();
    probity.reload(DEARER);
    try {
      Said look = reprice(probity.baseUri(), Optional.of(probity.ownerKey()), false);
      assertThat(look.err()).isEmpty();
      assertThat(look.out())
          .contains("calls, ", " different", "simulated/simulated")
          .contains(usd(sumBefore), usd(2 * sumBefore), "+" + usd(sumBefore))
          .contains("Sessions of agents", "Nothing was changed");
      assertThat(charge(id)).isEqualTo(before);

      Said applied = reprice(probity.baseUri(), Optional.of(probity.ownerKey()), true);
      assertThat(applied.out()).contains("were changed");
      assertThat(charge(id)).isEqualTo(2 * before).isPositive();
      assertThat(summed()).isEqualTo(2 * sumBefore);

      Said again = reprice(probity.baseUri(), Optional.of(probity.ownerKey()), true);
      assertThat(again.out()).contains("Nothing differs.");
    } finally {
      probity.reload("simulated: true");
    }
  }

  private static String usd(long nanoUsd) {
    return BigDecimal.valueOf(nanoUsd, 9).toPlainString();
  }

  private String ask() throws Exception {
    HttpResponse<String> answer = probity.send("POST", "/v1/chat/completions", ASK);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("x-probity-exchange").orElseThrow();
  }

  private long charge(String id) throws Exception {
    return probity.get("/api/exchanges/" + id).path("charge_nano_usd").asLong();
  }

  private long summed() throws Exception {
    long sum = 0;
    for (JsonNode row : probity.get("/api/usage").path("items")) {
      sum += row.path("charge_nano_usd").asLong();
    }
    return sum;
  }

  private String memberKey() throws Exception {
    HttpResponse<String> made =
        probity.send("POST", "/api/keys", "{\"name\":\"m\",\"role\":\"member\"}");
    return Json.lenient(made.body()).path("key").asString();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }

  private static Said explain(URI base, Optional<String> key, String id) {
    return said(base, key, (client, out, err) -> new ExplainCommand(client, out, err).run(id));
  }

  private static Said reprice(URI base, Optional<String> key, boolean apply) {
    return said(
        base,
        key,
        (client, out, err) ->
            new RepriceCommand(client, out, err)
                .run(Optional.of(LocalDate.parse("2020-01-01")), Optional.empty(), apply));
  }

  private static Said said(URI base, Optional<String> key, Command command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (ControlClient client = new ControlClient(base, key.map(Secret::new))) {
      int status =
          command.run(client, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
      return new Said(status, out.toString(UTF_8), err.toString(UTF_8));
    }
  }
}
