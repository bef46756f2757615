package dev.probity.gateway.upstream.simulated;

import dev.probity.gateway.upstream.simulated.script.Fault;
import dev.probity.gateway.upstream.simulated.script.Faults;
import dev.probity.gateway.upstream.simulated.script.Ids;
import dev.probity.gateway.upstream.simulated.script.Rejection;
import dev.probity.gateway.upstream.simulated.script.Trees;
import dev.probity.kernel.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Every request: who may, what is asked, by which simulation, and how the answer goes out. */
final class Origin implements Handler {
  /** How much of all bodies is in memory at a time, in MiB; a request waits for its share. */
  private static final int BODIES_MIB = 128;

  /** Its own header, and where the vendors take a key: as a stand-in for one it is used alike. */
  private static final List<String> CREDENTIALS =
      List.of(
          SimulatedProvider.SECRET_HEADER,
          "authorization",
          "x-api-key",
          "api-key",
          "x-goog-api-key");

  private static final String FORBIDDEN =
      "This is the simulated provider of a Probity process; only that process may use it.";

  private final Secret secret;
  private final Endpoints endpoints;
  private final Ids ids;
  private final RequestCount requests;
  private final Faults defaults;
  private final Pause pause;
  private final AtomicLong count = new AtomicLong();
  private final Semaphore bodies = new Semaphore(BODIES_MIB);

  Origin(
      Secret secret,
      Endpoints endpoints,
      Ids ids,
      RequestCount requests,
      Faults defaults,
      Pause pause) {
    this.secret = secret;
    this.endpoints = endpoints;
    this.ids = ids;
    this.requests = requests;
    this.defaults = defaults;
    this.pause = pause;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    if (header(request, "connection").filter("close"::equalsIgnoreCase).isPresent()) {
      // Helidon 4.5.0 promises to close and does not (helidon-io/helidon#12324).
      response.whenSent(() -> {
        throw new CloseConnectionException("as the client asked");
      });
    }
    if (allowed(request)) {
      serve(request, response);
    } else {
      response.status(403).header("content-type", "text/plain").send(FORBIDDEN);
    }
  }

  private void serve(ServerRequest request, ServerResponse response) {
    String path = request.path().path();
    Optional<Endpoints.Endpoint> endpoint = endpoints.at(path);
    Vendor vendor = endpoint.map(Endpoints.Endpoint::vendor).orElse(Endpoints.vendorOf(path));
    String requestId = ids.next("req_");
    Instant now = requests.now();
    vendor.headers(requestId, requests.remaining(now), now).forEach(response::header);
    try {
      if (endpoint.isEmpty() || !request.prologue().method().text().equals("POST")) {
        throw new Rejection(
            404, "", "", "Invalid URL (" + request.prologue().method().text() + " " + path + ")");
      }
      answer(request, response, endpoint.get(), requestId);
    } catch (Rejection rejection) {
      response.status(rejection.status()).header("content-type", "application/json");
      response.send(
          Trees.text(vendor.error(rejection, requestId)).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void answer(
      ServerRequest request,
      ServerResponse response,
      Endpoints.Endpoint endpoint,
      String requestId) {
    long length = request.headers().contentLength().orElse(SimulatedProvider.MAX_BODY_BYTES);
    int share = (int) Math.clamp((length >> 20) + 1, 1, BODIES_MIB);
    Answer answer;
    Faults faults;
    bodies.acquireUninterruptibly(share);
    try {
      Call call = read(request, endpoint, requestId, length);
      faults = call.faults();
      refuseIfAsked(faults, response);
      answer = endpoint.simulation().answer(call);
    } finally {
      bodies.release(share);
    }
    new Delivery(response, faults, pause).send(answer);
  }

  private Call read(
      ServerRequest request, Endpoints.Endpoint endpoint, String requestId, long length) {
    JsonNode body = parse(bytes(request, length));
    String model = endpoint.model().orElse(body.path("model").asString(""));
    Faults faults =
        defaults
            .with(Faults.ofModel(model))
            .with(Faults.parse(header(request, SimulatedProvider.FAULTS_HEADER).orElse("")))
            .of(count.incrementAndGet());
    boolean serverSentEvents =
        request.query().first("alt").asOptional().filter("sse"::equals).isPresent();
    return new Call(
        request.path().path(),
        serverSentEvents,
        name -> header(request, name),
        body,
        URLDecoder.decode(model, StandardCharsets.UTF_8),
        faults,
        requestId);
  }

  private void refuseIfAsked(Faults faults, ServerResponse response) {
    if (faults.number(Fault.STATUS).isEmpty()) {
      return;
    }
    pause.millis(faults.number(Fault.FIRST_TOKEN_MS, 0));
    faults
        .number(Fault.RETRY_AFTER)
        .ifPresent(seconds -> response.header("retry-after", Long.toString(seconds)));
    int status = (int) faults.number(Fault.STATUS, 500);
    throw new Rejection(status, "", "", "The simulated provider was asked to answer " + status);
  }

  private static byte[] bytes(ServerRequest request, long length) {
    if (length <= SimulatedProvider.MAX_BODY_BYTES) {
      try (InputStream in = request.content().inputStream()) {
        byte[] bytes = in.readNBytes(SimulatedProvider.MAX_BODY_BYTES + 1);
        if (bytes.length <= SimulatedProvider.MAX_BODY_BYTES) {
          return bytes;
        }
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
    throw new Rejection(413, "", "", "The request is over the limit of 64 MiB.");
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = Trees.parse(body);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException malformed) {
      // The vendors say no more about it either.
    }
    throw Rejection.invalid(
        "We could not parse the JSON body of your request. It must be a JSON object.");
  }

  private boolean allowed(ServerRequest request) {
    byte[] right = secret.reveal().getBytes(StandardCharsets.UTF_8);
    return CREDENTIALS.stream()
        .flatMap(name -> header(request, name).stream())
        .map(value -> value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : value)
        .anyMatch(given -> MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right));
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }
}
