package dev.probity.gateway.passthrough;

import dev.probity.gateway.json.JsonKind;
import dev.probity.gateway.json.JsonPaths;
import dev.probity.gateway.request.RequestBody;
import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestFacts.Span;
import dev.probity.gateway.request.RequestFacts.UsageRequest;
import dev.probity.gateway.request.RequestReading;
import dev.probity.kernel.Refusal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks for the model in a body that is passed through, which may have none. */
public final class PassThroughReader {
  private static final JsonPaths PATHS =
      JsonPaths.watch().text("model", RequestBody.NAME_BYTES).value("stream").build();
  private static final int MODEL = PATHS.index("model");
  private static final int STREAM = PATHS.index("stream");
  private static final RequestFacts NOTHING = facts("", Optional.empty(), false);

  private PassThroughReader() {}

  /**
   * Reads a whole body without consuming it.
   *
   * @param contentType as the client says; whatever is neither JSON nor a form is not looked into
   */
  public static RequestReading read(String contentType, ByteBuf body, int maxDepth) {
    if (!body.isReadable()) {
      return NOTHING;
    }
    if (Multipart.isForm(contentType)) {
      return form(contentType, body);
    }
    return contentType.isEmpty() || isJson(contentType) ? json(body, maxDepth) : NOTHING;
  }

  /** Whether a content type is JSON. */
  public static boolean isJson(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.equalsIgnoreCase("application/json")
        || type.regionMatches(true, Math.max(0, type.length() - 5), "+json", 0, 5);
  }

  /** Whether a content type is that of a form with parts. */
  public static boolean isForm(String contentType) {
    return Multipart.isForm(contentType);
  }

  private static RequestReading form(String contentType, ByteBuf body) {
    try {
      Multipart form = Multipart.read(contentType, body, "model", "stream");
      Optional<Span> model = form.field("model");
      String name = model.map(at -> Multipart.text(body, at)).orElse("");
      boolean stream =
          form.field("stream").map(at -> Multipart.text(body, at)).orElse("").equals("true");
      return facts(name, name.isEmpty() ? Optional.empty() : model, stream);
    } catch (MalformedForm e) {
      return new RequestReading.Refused(
          new Refusal(Refusal.Reason.INVALID, "invalid_form", e.getMessage()));
    }
  }

  private static RequestReading json(ByteBuf bytes, int maxDepth) {
    RequestBody body = new RequestBody(PATHS, maxDepth);
    Optional<Refusal> refusal =
        body.read(bytes)
            .or(() -> body.refuseTwice(MODEL, "model"))
            .or(() ->
                body.scanner().kind(MODEL) == JsonKind.ABSENT
                        || body.scanner().kind(MODEL) == JsonKind.NULL
                    ? Optional.empty()
                    : body.refuseModel(MODEL));
    if (refusal.isPresent()) {
      return new RequestReading.Refused(refusal.get());
    }
    String model = body.scanner().text(MODEL);
    return facts(
        model,
        model.isEmpty() ? Optional.empty() : Optional.of(body.span(MODEL)),
        body.scanner().isTrue(STREAM));
  }

  private static RequestFacts facts(String model, Optional<Span> at, boolean stream) {
    return new RequestFacts(
        model, at, stream, OptionalLong.empty(), UsageRequest.GIVEN, "", Optional.empty());
  }
}
