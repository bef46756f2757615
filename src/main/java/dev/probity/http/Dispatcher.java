package dev.probity.http;

import dev.probity.kernel.Caller;
import dev.probity.kernel.InvalidCursorException;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import dev.probity.kernel.Secret;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/** Takes each request from the library to its route's handler, and the answer back. */
final class Dispatcher {
  static final int BODY_BYTES = 1 << 20;

  /** Each open event stream holds a connection and a queue. */
  private static final int EVENT_STREAMS = 256;

  private static final String EXPECTED_CURSOR =
      "what the page before this one gave as \"next\", or none for the newest";

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final RouteTable routes;
  private final Gate gate;
  private final ErrorRenderer errors;
  private final Secret doorSecret;
  private final RandomGenerator random;
  private final Semaphore eventStreams = new Semaphore(EVENT_STREAMS);

  Dispatcher(
      RouteTable routes,
      Gate gate,
      ErrorRenderer errors,
      Secret doorSecret,
      RandomGenerator random) {
    this.routes = routes;
    this.gate = gate;
    this.errors = errors;
    this.doorSecret = doorSecret;
    this.random = random;
  }

  void handle(ServerRequest request, ServerResponse response) {
    Call call = call(request);
    Answer answer = answer(call);
    send(call, answer, response);
  }

  private Answer answer(Call call) {
    try {
      if (!call.header(ControlServer.DOOR_HEADER)
          .filter(shown -> Tokens.equal(shown, doorSecret.reveal()))
          .isPresent()) {
        return ErrorRenderer.JSON.render(
            call,
            new Refusal(
                Reason.FORBIDDEN,
                "not_through_the_door",
                "This port serves only Probity's own front door. Use the address that Probity"
                    + " printed at its start."));
      }
      return switch (routes.match(call.method(), call.path())) {
        case RouteTable.Found found -> serve(call, found);
        case RouteTable.WrongMethod wrong ->
            refused(
                    call,
                    new Refusal(
                        Reason.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        "This path serves " + wrong.allowed() + "."))
                .with("allow", wrong.allowed());
        case RouteTable.Unknown unknown ->
            refused(call, new Refusal(Reason.NOT_FOUND, "not_found", "There is nothing here."));
      };
    } catch (RefusedException e) {
      return refused(call, e.refusal());
    } catch (InvalidCursorException e) {
      return refused(call, Parameters.wrong("cursor", EXPECTED_CURSOR).refusal());
    } catch (RuntimeException e) {
      return unexpected(call, e);
    }
  }

  private Answer serve(Call call, RouteTable.Found found) {
    Gate.Authenticated who = gate.authenticate(call);
    Optional<Refusal> refusal = gate.refuse(call, found.route().permission(), who);
    Call admitted = call.withRoute(found.parameters(), who.caller());
    return refusal.isPresent()
        ? refused(admitted, refusal.get())
        : found.route().handler().handle(admitted);
  }

  private Answer refused(Call call, Refusal refusal) {
    Answer answer =
        call.wantsHtml() ? errors.render(call, refusal) : ErrorRenderer.JSON.render(call, refusal);
    return refusal.reason() == Reason.UNAUTHENTICATED
        ? answer.with("www-authenticate", "Bearer")
        : answer;
  }

  private Answer unexpected(Call call, RuntimeException cause) {
    String id = Tokens.create(random).substring(0, 12);
    // The path only: a query or a header may hold what no log should.
    LOG.log(
        System.Logger.Level.ERROR,
        () -> "error " + id + " while serving " + call.method() + " " + routePath(call),
        cause);
    Refusal refusal =
        new Refusal(
            Reason.INTERNAL,
            "internal_error",
            "Something went wrong inside Probity. Its log says what, under the id " + id + ".");
    try {
      return refused(call, refusal);
    } catch (RuntimeException e) {
      return ErrorRenderer.JSON.render(call, refusal);
    }
  }

  /** The route's pattern rather than the path, which may hold a token. */
  private String routePath(Call call) {
    return routes.match(call.method(), call.path()) instanceof RouteTable.Found found
        ? found.route().path()
        : "(no route)";
  }

  private void send(Call call, Answer answer, ServerResponse response) {
    boolean noRoom = answer.body() instanceof Answer.Events && !eventStreams.tryAcquire();
    if (noRoom) {
      Refusal refusal =
          new Refusal(
              Reason.UNAVAILABLE,
              "too_many_streams",
              EVENT_STREAMS + " live views are open. Close one, or try again later.");
      send(call, ErrorRenderer.JSON.render(call, refusal), response);
      return;
    }
    response.status(answer.status());
    SecurityHeaders.of(answer, call.origin()).forEach(response::header);
    if (!answer.contentType().isEmpty()) {
      response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    }
    switch (answer.body()) {
      case Answer.Whole whole -> {
        if (call.isHead()) {
          response.contentLength(whole.bytes().length);
          response.send();
        } else {
          response.send(whole.bytes());
        }
      }
      case Answer.Events events -> {
        try {
          stream(call, events.source(), response);
        } finally {
          eventStreams.release();
        }
      }
    }
  }

  private static void stream(Call call, EventSource source, ServerResponse response) {
    if (call.isHead()) {
      response.send();
      return;
    }
    try (OutputStream out = response.outputStream()) {
      EventSink sink = new EventSink(out);
      sink.ping(); // So that the browser knows at once that it is connected.
      source.run(sink);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      // The client has gone, as clients do.
      LOG.log(System.Logger.Level.DEBUG, "an event stream's client has gone", e);
    }
  }

  private static Call call(ServerRequest request) {
    var headers = request.headers();
    return new Call(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPathNoParams(),
        Map.of(),
        () -> Decoding.pairs(request.prologue().query().rawValue()),
        name -> headers.first(HeaderNames.create(name)),
        () -> body(request),
        Caller.NOBODY);
  }

  private static byte[] body(ServerRequest request) {
    if (request.headers().contentLength().orElse(0) > BODY_BYTES) {
      throw tooLarge();
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(BODY_BYTES + 1);
      if (bytes.length > BODY_BYTES) {
        throw tooLarge();
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RefusedException tooLarge() {
    return new RefusedException(
        new Refusal(
            Reason.TOO_LARGE,
            "body_too_large",
            "The body is larger than " + BODY_BYTES + " bytes. Send less."));
  }
}
