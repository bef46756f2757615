package dev.probity.gateway.door.otlp;

import static dev.probity.testing.OtlpBodies.logs;
import static dev.probity.testing.OtlpBodies.request;
import static dev.probity.testing.OtlpBodies.spans;
import static dev.probity.testing.OtlpBodies.text;
import static dev.probity.testing.OtlpBodies.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.probity.gateway.GatewaySettings;
import dev.probity.gateway.door.Door;
import dev.probity.gateway.door.DoorSettings;
import dev.probity.gateway.door.Site;
import dev.probity.identity.Keys;
import dev.probity.journal.JournalSettings;
import dev.probity.telemetry.Report;
import dev.probity.telemetry.Signal;
import dev.probity.testing.IntakeFixture;
import dev.probity.testing.SelfSigned;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc.LogsServiceBlockingStub;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP by gRPC, with the client that everybody has. */
class GrpcTest {
  private static final String MODEL = "claude-opus-5-5";

  @TempDir private Path folder;
  private ReportingFixture fixture;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    fixture = ReportingFixture.in(folder);
    fixture.intake().keysArePersonal();
    channel = channel(fixture.port());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    fixture.close();
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .usePlaintext()
        .maxInboundMessageSize(1 << 20)
        .disableRetry()
        .build();
  }

  private LogsServiceBlockingStub client() {
    return client("authorization", "Bearer " + fixture.intake().key());
  }

  private LogsServiceBlockingStub client(String header, String value) {
    return LogsServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(header, value)));
  }

  private static Metadata headers(String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return headers;
  }

  private static StatusRuntimeException failure(Callable<?> call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::call);
  }

  private static Code code(Callable<?> call) {
    return failure(call).getStatus().getCode();
  }

  private List<Report> reports() throws InterruptedException {
    return fixture.intake().reports();
  }

  @Test
  void everySignal_isTaken() throws Exception {
    var key =
        MetadataUtils.newAttachHeadersInterceptor(headers("x-api-key", fixture.intake().key()));
    ExportLogsServiceResponse response = client().export(logs(request("s", MODEL, 5)));
    assertThat(response.hasPartialSuccess()).isFalse();
    MetricsServiceGrpc.newBlockingStub(channel)
        .withInterceptors(key)
        .export(tokens("s", 4, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA));
    TraceServiceGrpc.newBlockingStub(channel).withInterceptors(key).export(spans("s"));

    assertThat(reports())
        .extracting(Report::signal)
        .containsExactly(Signal.LOG, Signal.METRIC, Signal.SPAN);
    assertThat(reports())
        .allSatisfy(report -> assertThat(report.place()).contains(IntakeFixture.PLACE));
  }

  @Test
  void gzip_isTaken() throws Exception {
    client().withCompression("gzip").export(logs(request("s", MODEL, 5)));
    assertThat(reports()).hasSize(1);
  }

  @Test
  void partialSuccess_isTold() {
    ExportLogsServiceResponse response =
        client().export(logs(request("s", MODEL, -5), request("s", "gpt-6.1-sol", 5)));
    assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
    assertThat(response.getPartialSuccess().getErrorMessage()).contains("gpt-6.1-sol");
  }

  @Test
  void largeMessage_passesTheWindows() throws Exception {
    LogRecord[] records =
        IntStream.range(0, 3_000)
            .mapToObj(i -> request("s", MODEL, i, text("something.unknown", "x".repeat(1_000))))
            .toArray(LogRecord[]::new);
    ExportLogsServiceRequest large = logs(records);
    assertThat(large.getSerializedSize()).isGreaterThan(3_000_000);
    client().export(large);
    client().withCompression("gzip").export(large);
    assertThat(reports().stream().mapToInt(report -> report.notes().records()).sum())
        .isEqualTo(6_000);
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void tooLargeMessage_isFinal_packedOrNot() {
    LogRecord record =
        request("s", MODEL, 1, text("unknown", "x".repeat(IntakeFixture.SETTINGS.bodyBytes())));
    for (String compression : List.of("identity", "gzip")) {
      StatusRuntimeException failure =
          failure(() -> client().withCompression(compression).export(logs(record)));
      assertThat(failure.getStatus().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(failure.getStatus().getDescription()).contains("telemetry.body_bytes");
      assertThat(retry(failure)).as("no RetryInfo: final").isEmpty();
    }
    assertThat(client().export(logs(request("s", MODEL, 1))).hasPartialSuccess()).isFalse();
  }

  private static Optional<RetryInfo> retry(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    byte[] details =
        trailers.get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
    try {
      Status status = Status.parseFrom(details);
      assertThat(status.getCode()).isEqualTo(failure.getStatus().getCode().value());
      List<Any> all = status.getDetailsList();
      return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst().unpack(RetryInfo.class));
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void missingAndWrongAndRevokedKeys_areRefused_onOneConnection() {
    ExportLogsServiceRequest body = logs(request("s", MODEL, 1));
    assertThat(code(() -> LogsServiceGrpc.newBlockingStub(channel).export(body)))
        .isEqualTo(Code.UNAUTHENTICATED);
    assertThat(code(() -> client("x-api-key", "pk-wrong").export(body)))
        .isEqualTo(Code.UNAUTHENTICATED);
    Keys.Created key = fixture.intake().newKey("soon gone");
    LogsServiceBlockingStub client = client("authorization", key.key().reveal());
    client.export(body);
    fixture.intake().revoke(key.record().id());
    StatusRuntimeException refused = failure(() -> client.export(body));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused.getStatus().getDescription()).as("percent-decoded").contains("pk-…");
    client().export(body);
  }

  @Test
  void fullMemoryAndJournal_areUnavailable_withTheTimeToComeAgain() throws Exception {
    fixture.intake().intake().memory().reserve(IntakeFixture.SETTINGS.memoryBytes());
    StatusRuntimeException busy = failure(() -> client().export(logs(request("s", MODEL, 1))));
    assertThat(busy.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
    assertThat(retry(busy).orElseThrow().getRetryDelay().getSeconds()).isPositive();

    JournalSettings tiny = new JournalSettings(16 << 10, 32 << 10, 1, 1, 1, 1, 1, 3_600_000);
    try (ReportingFixture full =
        new ReportingFixture(
            new IntakeFixture(folder.resolve("tiny"), IntakeFixture.SETTINGS, tiny),
            IntakeFixture.SETTINGS,
            GatewaySettings.DEFAULT,
            Optional.empty())) {
      ManagedChannel to = channel(full.port());
      try {
        LogsServiceBlockingStub stub =
            LogsServiceGrpc.newBlockingStub(to)
                .withInterceptors(
                    MetadataUtils.newAttachHeadersInterceptor(
                        headers("x-api-key", full.intake().key())));
        StatusRuntimeException failure =
            failure(() -> {
              while (true) {
                stub.export(logs(request("s", MODEL, 1)));
              }
            });
        assertThat(failure.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
        assertThat(retry(failure).orElseThrow().getRetryDelay().getSeconds()).isEqualTo(10);
      } finally {
        to.shutdownNow();
      }
    }
  }

  @Test
  void otherMethods_areUnimplemented_andHealthIsServing() {
    var unknown =
        method("opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export");
    assertThat(code(() -> call(unknown, ByteString.EMPTY))).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(call(method("grpc.health.v1.Health/Check"), ByteString.EMPTY))
        .isEqualTo(ByteString.copyFrom(new byte[] {8, 1}));
    assertThat(code(() -> call(method("grpc.health.v1.Health/Watch"), ByteString.EMPTY)))
        .isEqualTo(Code.UNIMPLEMENTED);
  }

  private ByteString call(MethodDescriptor<Any, Any> method, ByteString body) {
    Any message = body.isEmpty() ? Any.getDefaultInstance() : Any.newBuilder().build();
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message)
        .getUnknownFields()
        .toByteString();
  }

  /** A method of which only the name matters; what it answers is in the unknown fields. */
  private static MethodDescriptor<Any, Any> method(String name) {
    return MethodDescriptor.<Any, Any>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(name)
        .setRequestMarshaller(ProtoUtils.marshaller(Any.getDefaultInstance()))
        .setResponseMarshaller(ProtoUtils.marshaller(Any.getDefaultInstance()))
        .build();
  }

  @Test
  void manyAtOnceOnOneConnection_areAllInTheJournal() throws Exception {
    LogsServiceBlockingStub client = client();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Future<ExportLogsServiceResponse>> answers =
          IntStream.range(0, 600)
              .mapToObj(i -> threads.submit(() -> client.export(logs(request("s" + i, MODEL, 1)))))
              .toList();
      for (Future<ExportLogsServiceResponse> answer : answers) {
        assertThat(answer.get().hasPartialSuccess()).isFalse();
      }
    }
    assertThat(reports())
        .extracting(report -> report.sessions().getFirst().facts().session())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 600).mapToObj(i -> "s" + i).toList());
  }

  @Test
  void deadlineThatHasPassed_isNotWorkedFor() throws Exception {
    assertThat(
            code(() ->
                client()
                    .withDeadlineAfter(1, TimeUnit.NANOSECONDS)
                    .export(logs(request("s", MODEL, 1)))))
        .isEqualTo(Code.DEADLINE_EXCEEDED);
    client().withDeadlineAfter(30, TimeUnit.SECONDS).export(logs(request("s", MODEL, 1)));
    assertThat(reports()).hasSize(1);
  }

  @Test
  void tls_isServedWithTheDoorsFiles() throws Exception {
    KeyStore store = SelfSigned.in(folder);
    DoorSettings.Tls files = SelfSigned.pem(store, folder);
    try (ReportingFixture secure =
        new ReportingFixture(
            new IntakeFixture(folder.resolve("secure")),
            IntakeFixture.SETTINGS,
            GatewaySettings.DEFAULT,
            Optional.of(files))) {
      ManagedChannel to =
          NettyChannelBuilder.forAddress("localhost", secure.port())
              .sslContext(
                  GrpcSslContexts.forClient().trustManager(files.certificate().toFile()).build())
              .build();
      try {
        LogsServiceGrpc.newBlockingStub(to)
            .withInterceptors(
                MetadataUtils.newAttachHeadersInterceptor(
                    headers("x-api-key", secure.intake().key())))
            .export(logs(request("s", MODEL, 1)));
      } finally {
        to.shutdownNow();
      }
      assertThat(secure.intake().reports()).hasSize(1);
    }
  }

  @Test
  void takenPort_isToldWithTheSettingToChange() {
    Door door = fixture.gateway().door();
    DoorSettings taken = new DoorSettings("127.0.0.1", fixture.port(), Optional.empty());
    Site nothing = (ctx, lane, request, answer) -> null;
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> door.openBeside(taken, "server.otlp_grpc_port", nothing)))
        .hasMessageContainingAll(
            "127.0.0.1", Integer.toString(fixture.port()), "in use", "server.otlp_grpc_port");
  }

  @Test
  void shutdown_refusesWhatIsNew() throws Exception {
    client().export(logs(request("s", MODEL, 1)));
    fixture.gateway().door().drain();
    assertThat(code(() -> client().export(logs(request("s", MODEL, 1)))))
        .isEqualTo(Code.UNAVAILABLE);
    assertThat(reports()).hasSize(1);
  }
}
