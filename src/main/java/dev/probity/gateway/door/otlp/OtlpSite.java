package dev.probity.gateway.door.otlp;

import dev.probity.gateway.Lane;
import dev.probity.gateway.door.Answer;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.Serving;
import dev.probity.gateway.door.Site;
import dev.probity.http.TrustedProxies;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.IntakeSettings;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.intake.Reason;
import dev.probity.telemetry.otlp.wire.Encoding;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serves reports: exports over HTTP on three paths, and calls by gRPC. */
public final class OtlpSite implements Site {
  private static final Map<String, Signal> PATHS =
      Map.of("/v1/logs", Signal.LOG, "/v1/metrics", Signal.METRIC, "/v1/traces", Signal.SPAN);

  /** A body this small is read to its end after a refusal, so that the connection stays. */
  private static final long READ_ANYWAY = 64 << 10;

  private final OtlpIntake intake;
  private final IntakeSettings settings;
  private final TrustedProxies proxies;
  private final ExportWork work;

  public OtlpSite(OtlpIntake intake, IntakeSettings settings, TrustedProxies proxies) {
    this.intake = intake;
    this.settings = settings;
    this.proxies = proxies;
    this.work = new ExportWork(intake, settings.exports());
  }

  /** The paths that exports are sent to over HTTP. */
  public static Set<String> paths() {
    return PATHS.keySet();
  }

  @Override
  public @Nullable Serving serve(
      ChannelHandlerContext ctx, Lane lane, HttpRequest request, Answer answer) {
    Signal signal = PATHS.get(path(request.uri()));
    if (signal == null || !request.method().equals(HttpMethod.POST)) {
      closeUnlessSmall(request, answer);
      if (signal == null) {
        answer.plain(404, "text/plain; charset=utf-8", HTTP_HELP);
      } else {
        OtlpAnswers.notPost(answer);
      }
      return null;
    }
    HttpHeaders headers = request.headers();
    Optional<Encoding> encoding = encoding(headers.get(HttpHeaderNames.CONTENT_TYPE, ""));
    Export.Head head =
        new Export.Head(
            signal,
            encoding.orElse(Encoding.JSON),
            ReportHeads.key(headers::get),
            ReportHeads.address(proxies, ctx.channel(), name -> headers.getAll(name)));
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity").strip();
    long announced =
        HttpUtil.isTransferEncodingChunked(request) ? -1 : HttpUtil.getContentLength(request, 0L);
    Optional<Refused> refusal =
        encoding.isEmpty() ? Optional.of(unknownType(head)) : atHead(head, coding, announced);
    if (refusal.isPresent()) {
      closeUnlessSmall(request, answer);
      OtlpAnswers.refuse(answer, head.encoding(), refusal.get());
      return null;
    }
    if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
    return new OtlpServing(
        ctx,
        answer,
        intake,
        work,
        head,
        coding.equalsIgnoreCase("gzip"),
        new ExportBody(intake.memory(), settings.bodyBytes(), announced));
  }

  private Optional<Refused> atHead(Export.Head head, String coding, long announced) {
    Optional<Refused> key = intake.refusedAtHead(head);
    if (key.isPresent()) {
      return key;
    }
    if (!coding.isEmpty()
        && !coding.equalsIgnoreCase("identity")
        && !coding.equalsIgnoreCase("gzip")) {
      return Optional.of(
          intake.refuse(
              head,
              Reason.UNSUPPORTED,
              "compression",
              "This content-encoding is not taken: send gzip or none"
                  + " (OTEL_EXPORTER_OTLP_COMPRESSION=gzip)."));
    }
    return announced > settings.bodyBytes()
        ? Optional.of(OtlpServing.tooLarge(intake, head, settings.bodyBytes()))
        : Optional.empty();
  }

  private Refused unknownType(Export.Head head) {
    return intake.refuse(
        head,
        Reason.UNSUPPORTED,
        "content_type",
        "This content-type is not taken: send application/x-protobuf or application/json.");
  }

  private static void closeUnlessSmall(HttpRequest request, Answer answer) {
    if (HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > READ_ANYWAY) {
      answer.closeAfter();
    }
  }

  private static Optional<Encoding> encoding(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf", "application/protobuf" -> Optional.of(Encoding.PROTOBUF);
      case "application/json" -> Optional.of(Encoding.JSON);
      default -> Optional.empty();
    };
  }

  static String path(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }

  @Override
  public boolean hasStreams() {
    return true;
  }

  @Override
  public Optional<ChannelHandler> stream(Door door, Http2Headers head) {
    return GrpcStream.isCall(head)
        ? Optional.of(new GrpcStream(door, intake, work, settings.bodyBytes(), proxies))
        : Optional.empty();
  }

  private static final String HTTP_HELP =
      """
      This port takes OpenTelemetry's protocol (OTLP), by HTTP and by gRPC:
        POST /v1/logs, /v1/metrics or /v1/traces as application/x-protobuf or application/json,
        or the services opentelemetry.proto.collector.{logs,metrics,trace}.v1, over HTTP/2.
      Send a key of this installation: 'Authorization: Bearer pk-…' or 'x-api-key: pk-…'.
      Pages and the API are at the main port (server.port).
      """;
}
