package dev.probity.gateway.door;

import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.Lane;
import dev.probity.gateway.Operation;
import dev.probity.gateway.call.ModelCall;
import dev.probity.gateway.passthrough.PassThroughReader;
import dev.probity.gateway.state.ResponseMemory;
import dev.probity.gateway.state.ResponseSettings;
import dev.probity.kernel.Refusal;
import dev.probity.kernel.Refusal.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who serves a request that came through the door. */
public final class DoorRoutes {
  /** A page of the door's own, such as the metrics: made on the event loop, so it must be quick. */
  public interface Page {
    /** The status, the content type and the text. */
    Text render(HttpHeaders headers, String uri);
  }

  public record Text(int status, String contentType, String body) {}

  private final ModelPaths models;
  private final Map<String, Upgrade> upgrades;
  private final Map<String, Site> sites;
  private final Map<String, Page> pages;
  private final Page modelList;
  private final Supplier<Optional<ControlOrigin>> control;
  private final ResponseMemory memory;
  private final KeptResponses kept;

  /**
   * @param upgrades exact paths at which something else than HTTP can be spoken
   * @param sites exact paths that others serve, such as those that agents report to
   * @param pages exact paths that the door answers itself
   * @param modelList {@code /v1/models}, {@code /v1beta/models} and what is below them
   * @param control the control plane; empty while it starts
   * @param memory of responses, used where the settings say so
   */
  public DoorRoutes(
      ModelPaths models,
      Map<String, Upgrade> upgrades,
      Map<String, Site> sites,
      Map<String, Page> pages,
      Page modelList,
      Supplier<Optional<ControlOrigin>> control,
      ResponseMemory memory) {
    this.memory = memory;
    this.kept = new KeptResponses(memory);
    this.models = models;
    this.upgrades = Map.copyOf(upgrades);
    this.sites = Map.copyOf(sites);
    this.pages = Map.copyOf(pages);
    this.modelList = modelList;
    this.control = control;
  }

  @Nullable Serving serve(
      Door door,
      Gateway gateway,
      ChannelHandlerContext ctx,
      Lane lane,
      HttpRequest request,
      Answer answer) {
    String uri = request.uri();
    int end = uri.indexOf('?');
    String path = end < 0 ? uri : uri.substring(0, end);
    String plain = models.withoutPrefix(path);
    Upgrade upgrade = upgrades.get(plain);
    if (upgrade != null && !answer.isHttp2() && upgrade.wants(request)) {
      return upgrade.serve(door, gateway, lane, request, answer);
    }
    boolean anthropic =
        path.startsWith("/anthropic/") || request.headers().contains("anthropic-version");
    Optional<ModelPaths.Target> target = models.find(plain, request.method().name(), anthropic);
    if (target.isPresent()) {
      if (target.get().operation().isPassThrough()) {
        request.setUri(uri.substring(path.length() - plain.length()));
      }
      if (target.get().operation() == Operation.KEPT_RESPONSE
          && target.get().serves(request.method().name())
          && kept.answer(gateway, request, plain, target.get().model(), answer)) {
        return null;
      }
      return model(door, gateway, ctx, lane, request, answer, target.get());
    }
    Site site = sites.get(path);
    if (site != null) {
      return site.serve(ctx, lane, request, answer);
    }
    Page page = pages.get(path);
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (page == null && reads && isModelList(plain)) {
      page = modelList;
    }
    if (page != null) {
      answer(answer, page.render(request.headers(), uri.substring(path.length() - plain.length())));
      return null;
    }
    return control(ctx, lane, request, answer);
  }

  private static boolean isModelList(String path) {
    return path.equals("/v1/models")
        || path.startsWith("/v1/models/")
        || path.equals("/v1beta/models")
        || path.startsWith("/v1beta/models/");
  }

  private static void answer(Answer answer, Text text) {
    answer.plain(text.status(), text.contentType(), text.body());
  }

  private ModelServing model(
      Door door,
      Gateway gateway,
      ChannelHandlerContext ctx,
      Lane lane,
      HttpRequest request,
      Answer answer,
      ModelPaths.Target target) {
    long announced =
        HttpUtil.isTransferEncodingChunked(request) ? -1 : HttpUtil.getContentLength(request, 0L);
    boolean expects = HttpUtil.is100ContinueExpected(request);
    String contentType = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    Optional<RememberedResponse> remembered = remembered(door, target, answer);
    ModelCall call =
        gateway.begin(
            target.operation(),
            ClientHeaders.decoded(target.model()),
            request,
            lane,
            remembered.isPresent() ? remembered.get() : answer);
    ModelServing serving =
        new ModelServing(
            ctx, answer, call, door.settings().limits(), door.budget(), announced, remembered);
    Optional<Refusal> refusal =
        call.refusedAtHead().or(() -> atHead(door, request, target, contentType, announced));
    if (refusal.isPresent()) {
      serving.refuse(refusal.get());
    } else if (expects) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    return serving;
  }

  private Optional<RememberedResponse> remembered(
      Door door, ModelPaths.Target target, Answer answer) {
    ResponseSettings settings = door.settings().responses();
    return target.operation() == Operation.RESPONSE
            && settings.state() == ResponseSettings.State.MEMORY
        ? Optional.of(new RememberedResponse(answer, memory, settings))
        : Optional.empty();
  }

  private static Optional<Refusal> atHead(
      Door door,
      HttpRequest request,
      ModelPaths.Target target,
      String contentType,
      long announced) {
    HttpMethod method = request.method();
    boolean socket = target.operation() == Operation.RESPONSE;
    if (!target.serves(method.name())) {
      return Optional.of(
          new Refusal(
              Reason.METHOD_NOT_ALLOWED,
              "method_not_allowed",
              "Use "
                  + target.methods().replace(" ", " or ")
                  + " here"
                  + (socket ? ", or ask for a WebSocket" : "")
                  + "; "
                  + method
                  + " is not served."));
    }
    if (!takes(target.operation(), contentType)) {
      return Optional.of(
          new Refusal(
              Reason.UNSUPPORTED_MEDIA,
              "unsupported_media_type",
              target.operation().isPassThrough()
                  ? "The body must be JSON or a form: send 'content-type: application/json' or"
                      + " 'multipart/form-data'."
                  : "The body must be JSON: send 'content-type: application/json'."));
    }
    if (request.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      return Optional.of(
          new Refusal(
              Reason.UNSUPPORTED_MEDIA,
              "unsupported_encoding",
              "Compressed request bodies are not taken: send it without 'content-encoding'."));
    }
    int limit = door.settings().limits().bodyBytes();
    return announced > limit ? Optional.of(ModelServing.tooLarge(limit)) : Optional.empty();
  }

  private static boolean takes(Operation operation, String contentType) {
    boolean usual = contentType.isEmpty() || PassThroughReader.isJson(contentType);
    return switch (operation) {
      case GEMINI_FILE -> true;
      default -> usual || operation.isPassThrough() && PassThroughReader.isForm(contentType);
    };
  }

  private @Nullable Serving control(
      ChannelHandlerContext ctx, Lane lane, HttpRequest request, Answer answer) {
    Optional<ControlOrigin> origin = control.get();
    if (origin.isEmpty()) {
      answer.plain(
          503,
          "application/json",
          DoorErrors.json("starting", "The control plane is starting. Try again in a moment."));
      return null;
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    boolean tls =
        ctx.pipeline().get(SslHandler.class) != null
            || (ctx.channel().parent() != null
                && ctx.channel().parent().pipeline().get(SslHandler.class) != null);
    origin.get().prepare(request.headers(), ctx.channel().remoteAddress(), tls);
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    ControlServing serving = new ControlServing(ctx, lane, answer, origin.get(), request);
    serving.start();
    return serving;
  }
}
