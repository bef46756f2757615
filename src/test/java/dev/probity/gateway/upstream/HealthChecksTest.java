package dev.probity.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.kernel.Clock;
import dev.probity.kernel.Secret;
import dev.probity.pricing.Provider;
import dev.probity.testing.FixedClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final FixedClock clock = new FixedClock();
  private volatile String answer = "200 OK";

  @SuppressWarnings("NullAway.Init")
  private ServerSocket server;

  @SuppressWarnings("NullAway.Init")
  private UpstreamTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    transport = UpstreamTransport.start(1, Optional.empty());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    server.close();
  }

  private void serve() {
    while (true) {
      try (Socket socket = server.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
        }
        heads.add(head.toString());
        String now = answer;
        if (!now.isEmpty()) {
          socket
              .getOutputStream()
              .write(
                  ("HTTP/1.1 " + now + "\r\ncontent-length: 2\r\n\r\n{}")
                      .getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private Deployment deployment(Provider kind, int port, Optional<String> path) {
    return Deployment.of(
        new DeploymentSettings(
            "d",
            kind,
            URI.create("http://127.0.0.1:" + port),
            Optional.of(new Secret("sk-secret")),
            Optional.empty(),
            DeploymentSettings.usualDialects(kind),
            BreakerSettings.DEFAULT,
            Optional.of(new HealthCheckSettings(30_000, path))));
  }

  private HealthChecks checks(Clock time, Deployment... deployments) {
    return new HealthChecks(
        transport,
        time,
        () -> List.of(deployments),
        (deployment, good, what) -> results.add(deployment.name() + " " + good + " " + what));
  }

  private String result() throws InterruptedException {
    String result = results.poll(20, TimeUnit.SECONDS);
    return result == null ? "nothing" : result;
  }

  @Test
  void modelList_isAskedForWithTheCredential_inItsRhythm() throws Exception {
    try (HealthChecks _ =
        checks(clock, deployment(Provider.ANTHROPIC, server.getLocalPort(), Optional.empty()))) {
      assertThat(result()).isEqualTo("d true status_200");
      assertThat(heads.take())
          .startsWith("GET /v1/models HTTP/1.1")
          .contains("x-api-key: sk-secret", "anthropic-version: ");
      answer = "503 Oh";
      clock.advance(Duration.ofSeconds(30));
      assertThat(result()).isEqualTo("d false status_503");
      answer = "401 No";
      clock.advance(Duration.ofSeconds(30));
      assertThat(result()).isEqualTo("d false status_401");
      answer = "404 Nothing";
      clock.advance(Duration.ofSeconds(30));
      assertThat(result()).as("it is alive").isEqualTo("d true status_404");
      answer = "";
      clock.advance(Duration.ofSeconds(30));
      assertThat(result()).isEqualTo("d false cut");
    }
  }

  @Test
  void pathOfItsOwn_isAskedFor() throws Exception {
    Deployment own =
        deployment(Provider.OPENAI_COMPATIBLE, server.getLocalPort(), Optional.of("/health"));
    try (HealthChecks _ = checks(clock, own)) {
      assertThat(result()).isEqualTo("d true status_200");
      assertThat(heads.take()).startsWith("GET /health ").contains("Bearer sk-secret");
    }
  }

  @Test
  void nobodyThere_isAFailure() throws Exception {
    int port = server.getLocalPort();
    server.close();
    try (HealthChecks _ = checks(clock, deployment(Provider.OPENAI, port, Optional.empty()))) {
      assertThat(result()).isEqualTo("d false connect_failed");
    }
  }
}
