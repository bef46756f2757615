package dev.probity.gateway.door.otlp;

import dev.probity.gateway.Lane;
import dev.probity.gateway.door.Door;
import dev.probity.http.TrustedProxies;
import dev.probity.telemetry.Signal;
import dev.probity.telemetry.intake.Export;
import dev.probity.telemetry.intake.OtlpIntake;
import dev.probity.telemetry.intake.Outcome;
import dev.probity.telemetry.intake.Outcome.Accepted;
import dev.probity.telemetry.intake.Outcome.Refused;
import dev.probity.telemetry.intake.Reason;
import dev.probity.telemetry.otlp.wire.Encoding;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One unary call by gRPC on an HTTP/2 stream of its own: an export, or a health check. */
final class GrpcStream extends ChannelInboundHandlerAdapter implements Lane.Timed {
  private static final Map<String, Signal> EXPORTS =
      Map.of(
          "/opentelemetry.proto.collector.logs.v1.LogsService/Export", Signal.LOG,
          "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", Signal.METRIC,
          "/opentelemetry.proto.collector.trace.v1.TraceService/Export", Signal.SPAN);
  private static final String HEALTH = "/grpc.health.v1.Health/Check";

  /** {@code HealthCheckResponse{status: SERVING}}. */
  private static final byte[] SERVING = {0x08, 0x01};

  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  private static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");

  private enum State {
    HEAD,
    READING,
    HEALTH,
    WORKING,
    OVER
  }

  private final Door door;
  private final OtlpIntake intake;
  private final ExportWork work;
  private final int limit;
  private final TrustedProxies proxies;
  private final GrpcMessage message;

  private State state = State.HEAD;
  private Export.@Nullable Head head;
  private boolean gzip;
  private @Nullable ChannelHandlerContext ctx;
  private boolean ended;
  private long beganNanos;
  private long lastPieceNanos;
  private long allowedNanos = Long.MAX_VALUE;

  /**
   * @param limit the longest message
   */
  GrpcStream(Door door, OtlpIntake intake, ExportWork work, int limit, TrustedProxies proxies) {
    this.door = door;
    this.intake = intake;
    this.work = work;
    this.limit = limit;
    this.proxies = proxies;
    this.message = new GrpcMessage(intake.memory(), limit);
  }

  /** Whether a stream's head is that of a call by gRPC. */
  static boolean isCall(Http2Headers head) {
    CharSequence type = head.get(CONTENT_TYPE);
    return type != null
        && (AsciiString.contentEqualsIgnoreCase(type, "application/grpc")
            || AsciiString.regionMatches(type, true, 0, "application/grpc+", 0, 17)
            || AsciiString.regionMatches(type, true, 0, "application/grpc;", 0, 17))
        && "POST".contentEquals(head.method());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    beganNanos = door.clock().nanos();
    lastPieceNanos = beganNanos;
    door.lane(context.channel().eventLoop()).watch(this);
    door.opened(context.channel(), () -> {});
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      switch (frame) {
        case Http2HeadersFrame headers -> {
          ended = headers.isEndStream();
          if (state == State.HEAD) {
            begin(context, headers.headers());
          }
        }
        case Http2DataFrame data -> {
          ended = data.isEndStream();
          lastPieceNanos = door.clock().nanos();
          if (state == State.READING) {
            Export.Head of = head;
            GrpcMessage.Fault fault = message.add(data.content());
            if (fault != null && of != null) {
              refuse(context, refusal(of, fault));
            }
          }
        }
        case Http2ResetFrame _ -> gone();
        default -> {}
      }
      if (ended) {
        end(context);
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void begin(ChannelHandlerContext context, Http2Headers headers) {
    String path = OtlpSite.path(String.valueOf(headers.path()));
    Signal signal = EXPORTS.get(path);
    if (door.isDraining()) {
      over(context, GrpcAnswer.UNAVAILABLE, "The server is going down. Try again soon.");
    } else if (path.equals(HEALTH)) {
      state = State.HEALTH;
    } else if (signal == null) {
      over(
          context,
          GrpcAnswer.UNIMPLEMENTED,
          "There is no such method here; agents report to"
              + " opentelemetry.proto.collector.{logs,metrics,trace}.v1.");
    } else {
      Export.Head of =
          new Export.Head(
              signal,
              Encoding.PROTOBUF,
              ReportHeads.key(headers::get),
              ReportHeads.address(
                  proxies, context.channel(), name -> ReportHeads.texts(headers, name)));
      head = of;
      state = State.READING;
      CharSequence timeout = headers.get(TIMEOUT);
      allowedNanos = timeout == null ? Long.MAX_VALUE : GrpcTimeout.nanos(timeout);
      atHead(context, headers, of);
    }
  }

  private void atHead(ChannelHandlerContext context, Http2Headers headers, Export.Head of) {
    String encoding = String.valueOf(headers.get(ENCODING, "identity"));
    gzip = encoding.equals("gzip");
    if (!gzip && !encoding.equals("identity")) {
      refuse(
          context,
          intake.refuse(
              of,
              Reason.UNSUPPORTED,
              "compression",
              "This grpc-encoding is not taken: send gzip or identity."));
    } else {
      intake.refusedAtHead(of).ifPresent(refused -> refuse(context, refused));
    }
  }

  private void end(ChannelHandlerContext context) {
    Export.Head of = head;
    if (state == State.HEALTH) {
      state = State.OVER;
      GrpcAnswer.message(context, SERVING);
    } else if (state == State.READING && of != null) {
      ExportBody body = message.whole();
      if (body == null) {
        refuse(context, malformed(of, "The call ended before its message was whole."));
      } else if (message.isCompressed() && !gzip) {
        refuse(context, malformed(of, "The message is compressed, but no grpc-encoding is named."));
      } else if (isLate(door.clock().nanos())) {
        refuse(context, late(of));
      } else {
        state = State.WORKING;
        work.begin(
            new Export(of, message.isCompressed(), body.bytes(), body.length()),
            body,
            context.executor(),
            outcome -> told(context, of, outcome));
      }
    }
  }

  private void told(ChannelHandlerContext context, Export.Head of, Outcome outcome) {
    if (state == State.WORKING) {
      state = State.OVER;
      switch (outcome) {
        case Accepted accepted -> GrpcAnswer.message(context, OtlpAnswers.success(of, accepted));
        case Refused refused -> GrpcAnswer.refuse(context, refused, ended);
      }
    }
  }

  private Refused refusal(Export.Head of, GrpcMessage.Fault fault) {
    return switch (fault) {
      case BAD_FLAG -> malformed(of, "The message does not begin as gRPC's messages do.");
      case SEVERAL -> malformed(of, "There is more than one message in the call.");
      case TOO_LARGE -> OtlpServing.tooLarge(intake, of, limit);
      case NO_MEMORY -> OtlpServing.noMemory(intake, of);
    };
  }

  private Refused malformed(Export.Head of, String text) {
    return intake.refuse(of, Reason.MALFORMED, "grpc_frame", text);
  }

  private Refused late(Export.Head of) {
    return intake.refuse(of, Reason.LATE, "body", "The message did not arrive in time.");
  }

  private void refuse(ChannelHandlerContext context, Refused refused) {
    state = State.OVER;
    message.drop();
    GrpcAnswer.refuse(context, refused, ended);
  }

  private void over(ChannelHandlerContext context, int code, String text) {
    state = State.OVER;
    GrpcAnswer.status(context, code, text, ended);
  }

  private void gone() {
    if (state != State.WORKING) {
      message.drop();
    }
    state = State.OVER;
  }

  private boolean isLate(long nowNanos) {
    return nowNanos - beganNanos > allowedNanos;
  }

  @Override
  public void tick(long nowNanos) {
    ChannelHandlerContext context = ctx;
    Export.Head of = head;
    boolean silent = nowNanos - lastPieceNanos > door.timeouts().clientBody() * 1_000_000;
    if (context == null || !silent && !isLate(nowNanos)) {
      return;
    }
    if (state == State.READING && of != null) {
      refuse(context, late(of));
    } else if (state == State.HEALTH) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    door.lane(context.channel().eventLoop()).unwatch(this);
    door.closed(context.channel());
    gone();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    door.failed(cause);
    context.close();
  }
}
