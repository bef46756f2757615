package dev.probity.gateway.door;

import dev.probity.gateway.Client;
import dev.probity.gateway.ClientHeaders;
import dev.probity.gateway.Gateway;
import dev.probity.gateway.Lane;
import dev.probity.gateway.Operation;
import dev.probity.gateway.call.ModelCall;
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

  /**
   * @param upgrades exact paths at which something else than HTTP can be spoken
   * @param sites exact paths that others serve, such as those that agents report to
   * @param pages exact paths that the door answers itself
   * @param modelList {@code /v1/models}, {@code /v1beta/models} and what is below them
   * @param control the control plane; empty while it starts
   */
  public DoorRoutes(
      ModelPaths models,
      Map<String, Upgrade> upgrades,
      Map<String, Site> sites,
      Map<String, Page> pages,
      Page modelList,
      Supplier<Optional<ControlOrigin>> control) {
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
    Optional<ModelPaths.Target> target = models.find(plain);
    if (target.isPresent()) {
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
    boolean encoded = request.headers().contains(HttpHeaderNames.CONTENT_ENCODING);
    HttpMethod method = request.method();
    boolean socket = target.operation() == Operation.RESPONSE;
    ModelCall call =
        gateway.begin(
            target.operation(),
            ClientHeaders.decoded(target.model()),
            request,
            lane,
            (Client) answer);
    ModelServing serving =
        new ModelServing(ctx, answer, call, door.settings().limits(), door.budget(), announced);
    Optional<Refusal> refusal =
        call.refusedAtHead()
            .or(() -> atHead(door, method, socket, contentType, encoded, announced));
    if (refusal.isPresent()) {
      serving.refuse(refusal.get());
    } else if (expects) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    return serving;
  }

  private static Optional<Refusal> atHead(
      Door door,
      HttpMethod method,
      boolean socket,
      String contentType,
      boolean encoded,
      long announced) {
    if (!method.equals(HttpMethod.POST)) {
      return Optional.of(
          new Refusal(
              Reason.METHOD_NOT_ALLOWED,
              "method_not_allowed",
              "Use POST here"
                  + (socket ? ", or ask for a WebSocket" : "")
                  + "; "
                  + method
                  + " is not served."));
    }
    if (!contentType.isEmpty() && !isJson(contentType)) {
      return Optional.of(
          new Refusal(
              Reason.UNSUPPORTED_MEDIA,
              "unsupported_media_type",
              "The body must be JSON: send 'content-type: application/json'."));
    }
    if (encoded) {
      return Optional.of(
          new Refusal(
              Reason.UNSUPPORTED_MEDIA,
              "unsupported_encoding",
              "Compressed request bodies are not taken: send it without 'content-encoding'."));
    }
    int limit = door.settings().limits().bodyBytes();
    return announced > limit ? Optional.of(ModelServing.tooLarge(limit)) : Optional.empty();
  }

  private static boolean isJson(String contentType) {
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).trim();
    return type.equalsIgnoreCase("application/json")
        || type.toLowerCase(java.util.Locale.ROOT).endsWith("+json");
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
