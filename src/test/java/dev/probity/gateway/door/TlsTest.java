package dev.probity.gateway.door;

import static dev.probity.testing.GatewayFixture.KEY;
import static dev.probity.testing.ScriptedUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.pricing.Provider;
import dev.probity.testing.GatewayFixture;
import dev.probity.testing.RawHttp;
import dev.probity.testing.ScriptedUpstream;
import dev.probity.testing.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS 1.3 with HTTP/2 and HTTP/1.1, from PEM files. */
class TlsTest {
  private static final String ANSWER =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  @TempDir private Path folder;

  @Test
  void http2AndHttp11_overTls13_areServed_alsoManyStreamsAtOnce() throws Exception {
    KeyStore store = SelfSigned.in(folder);
    DoorSettings.Tls files = SelfSigned.pem(store, folder);
    SSLContext trusting = SelfSigned.trusting(store);
    try (ScriptedUpstream upstream = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture gateway =
            GatewayFixture.builder()
                .deployment("main", Provider.OPENAI, upstream.url().resolve("/v1"))
                .tls(files)
                .start()) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        if (version.ordinal() > HttpClient.Version.HTTP_2.ordinal()) {
          continue;
        }
        try (HttpClient client =
            HttpClient.newBuilder().version(version).sslContext(trusting).build()) {
          List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            answers.add(client.sendAsync(request(gateway.port()), BodyHandlers.ofString()));
          }
          for (CompletableFuture<HttpResponse<String>> each : answers) {
            HttpResponse<String> answer = each.get();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ANSWER);
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
          }
        }
      }
      assertThat(gateway.exchanges(200)).hasSize(200);
    }
  }

  @Test
  void upstreamOverTls_isReachedByName_ifItsCertificateIsTrusted_andOnlyThen() throws Exception {
    DoorSettings.Tls files = SelfSigned.pem(SelfSigned.in(folder), folder);
    try (ScriptedUpstream provider = ScriptedUpstream.always(json(200, ANSWER));
        GatewayFixture upstream =
            GatewayFixture.builder()
                .deployment("provider", Provider.OPENAI, provider.url().resolve("/v1"))
                .tls(files)
                .start();
        GatewayFixture trusting = before(upstream).trust(files.certificate()).start();
        GatewayFixture wary = before(upstream).start()) {
      assertThat(ask(trusting).body()).isEqualTo(ANSWER);
      assertThat(ask(trusting).status()).isEqualTo(200);
      assertThat(ask(trusting).status()).isEqualTo(200);
      assertThat(ask(wary).status()).isEqualTo(502);
      assertThat(wary.exchange().error()).isEqualTo("tls_failed");
      // Three requests over two event loops: one of them at least found a connection waiting.
      assertThat(trusting.exchanges(3))
          .anySatisfy(row -> assertThat(row.trail()).startsWith("=200 1 "));
    }
  }

  private static GatewayFixture.Builder before(GatewayFixture upstream) {
    return GatewayFixture.builder()
        .deployment(
            "secure", Provider.OPENAI, URI.create("https://localhost:" + upstream.port() + "/v1"));
  }

  /**
   * With the client's own provider key, which here is a key of the gateway that plays the provider.
   */
  private static RawHttp.Answer ask(GatewayFixture gateway) throws IOException {
    try (RawHttp http = RawHttp.connect(gateway.port())) {
      return http.send(
              RawHttp.post("/v1/chat/completions", KEY, "{\"model\":\"gpt-5.5\",\"messages\":[]}")
                  .replace("host: x", "host: x\r\nx-probity-key: " + KEY))
          .read();
    }
  }

  private static HttpRequest request(int port) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/v1/chat/completions"))
        .header("authorization", "Bearer " + KEY)
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-5.5\",\"messages\":[]}"))
        .build();
  }
}
