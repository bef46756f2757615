package dev.probity.gateway.door.otlp;

import static dev.probity.testing.OtlpBodies.gzip;
import static dev.probity.testing.OtlpBodies.logs;
import static dev.probity.testing.OtlpBodies.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.testing.IntakeFixture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gRPC's clients never send, and others do. */
class GrpcFramesTest {
  private static final String LOGS = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  private static final byte[] MESSAGE = logs(request("s", "claude-opus-5-5", 5)).toByteArray();

  @TempDir private Path folder;
  private ReportingFixture fixture;
  private Http2Client client;

  @BeforeEach
  void start() throws IOException {
    fixture = ReportingFixture.in(folder);
    fixture.intake().keysArePersonal();
    client = new Http2Client(fixture.port());
  }

  @AfterEach
  void stop() {
    client.close();
    fixture.close();
  }

  private Http2Client.Stream call(String... more) {
    String[] headers = {
      "content-type", "application/grpc", "te", "trailers", "x-api-key", fixture.intake().key()
    };
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return client.open(LOGS, all);
  }

  private static byte[] framed(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static void assertStatus(Http2Client.Answer answer, int status) {
    assertThat(answer.headers())
        .containsEntry(":status", "200")
        .containsEntry("content-type", "application/grpc")
        .containsEntry("grpc-accept-encoding", "identity,gzip")
        .containsEntry("grpc-status", Integer.toString(status));
  }

  @Test
  void messageCutAnywhere_isTaken() throws Exception {
    byte[] framed = framed(0, MESSAGE);
    for (int cut = 0; cut <= framed.length; cut++) {
      Http2Client.Answer answer =
          call()
              .send(Arrays.copyOf(framed, cut), false)
              .send(Arrays.copyOfRange(framed, cut, framed.length), true)
              .answer();
      assertStatus(answer, 0);
      assertThat(answer.data()).as("an empty message").isEqualTo(new byte[5]);
    }
    assertThat(fixture.intake().reports()).hasSize(framed.length + 1);
  }

  @Test
  void endByAFrameOfItsOwn_isTaken() throws Exception {
    assertStatus(call().send(framed(0, MESSAGE), false).send(new byte[0], true).answer(), 0);
  }

  @Test
  void connectionWindow_isWide() throws Exception {
    assertStatus(call().send(framed(0, MESSAGE), true).answer(), 0);
    assertThat(client.window()).isGreaterThan(4_000_000);
  }

  @Test
  void halfAMessage_isMalformed() throws Exception {
    byte[] framed = framed(0, MESSAGE);
    for (int length : new int[] {0, 1, 4, 5, 6, framed.length - 1}) {
      Http2Client.Answer answer = call().send(Arrays.copyOf(framed, length), true).answer();
      assertStatus(answer, 3);
      assertThat(answer.headers().get("grpc-message")).contains("before its message was whole");
    }
  }

  @Test
  void severalMessages_areMalformed() throws Exception {
    byte[] framed = framed(0, MESSAGE);
    byte[] twice = Arrays.copyOf(framed, framed.length * 2);
    System.arraycopy(framed, 0, twice, framed.length, framed.length);
    assertStatus(call().send(twice, true).answer(), 3);
    assertStatus(call().send(framed, false).send(framed, true).answer(), 3);
    assertThat(fixture.intake().reports()).isEmpty();
  }

  @Test
  void flagsAndEncodings_mustFit() throws Exception {
    assertStatus(call().send(framed(2, MESSAGE), true).answer(), 3);
    assertStatus(call().send(framed(1, gzip(MESSAGE)), true).answer(), 3);
    assertStatus(call("grpc-encoding", "zstd").send(framed(0, MESSAGE), true).answer(), 12);
    assertStatus(call("grpc-encoding", "gzip").send(framed(1, gzip(MESSAGE)), true).answer(), 0);
    assertStatus(call("grpc-encoding", "gzip").send(framed(0, MESSAGE), true).answer(), 0);
    assertStatus(call("grpc-encoding", "gzip").send(framed(1, MESSAGE), true).answer(), 3);
  }

  @Test
  void lengthBeyondTheLimit_isRefusedBeforeItsBytes() throws Exception {
    byte[] prefix = {0, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    assertStatus(call().send(prefix, false).answer(), 8);
    assertThat(fixture.intake().intake().memory().held()).isZero();
    assertStatus(call().send(framed(0, MESSAGE), true).answer(), 0);
  }

  @Test
  void bomb_isRefused() throws Exception {
    byte[] bomb = gzip(new byte[IntakeFixture.SETTINGS.bodyBytes() + 1]);
    assertStatus(call("grpc-encoding", "gzip").send(framed(1, bomb), true).answer(), 8);
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void callThatIsCancelled_leavesNothingHeld() throws Exception {
    for (int i = 0; i < 100; i++) {
      byte[] framed = framed(0, MESSAGE);
      call().send(Arrays.copyOf(framed, 5 + i), i % 2 == 0).reset();
    }
    assertStatus(call().send(framed(0, MESSAGE), true).answer(), 0);
    long end = System.nanoTime() + 20_000_000_000L;
    while (fixture.intake().intake().memory().held() != 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(fixture.intake().intake().memory().held()).isZero();
  }

  @Test
  void passedDeadline_isTold_whileTheMessageIsAwaited() throws Exception {
    assertStatus(call("grpc-timeout", "1m").send(new byte[] {0, 0}, false).answer(), 4);
  }

  @Test
  void otlpOverHttp_isUnderstoodHereToo() throws Exception {
    Http2Client.Answer answer =
        client
            .open(
                "/v1/logs",
                "content-type",
                "application/x-protobuf",
                "x-api-key",
                fixture.intake().key())
            .send(MESSAGE, true)
            .answer();
    assertThat(answer.headers())
        .containsEntry(":status", "200")
        .containsEntry("content-type", "application/x-protobuf");
    Http2Client.Answer help =
        client.open("/", "content-type", "text/plain").send(new byte[0], true).answer();
    assertThat(help.headers()).containsEntry(":status", "404");
    assertThat(new String(help.data(), UTF_8)).contains("gRPC");
    assertThat(fixture.intake().reports()).hasSize(1);
  }

  @Test
  void anyFraming_isReadOrRefused_andNothingIsHeld() {
    Random random = new Random(4317);
    var memory = fixture.intake().intake().memory();
    int whole = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(message);
      byte[] bytes = framed(0, message);
      boolean damaged = random.nextBoolean();
      if (damaged) {
        bytes[random.nextInt(Math.min(bytes.length, 8))] = (byte) random.nextInt(256);
      }
      GrpcMessage reading = new GrpcMessage(memory, 1000);
      GrpcMessage.Fault fault = null;
      int at = 0;
      while (at < bytes.length && fault == null) {
        int count = 1 + random.nextInt(bytes.length - at);
        ByteBuf piece = Unpooled.wrappedBuffer(bytes, at, count);
        fault = reading.add(piece);
        at += count;
      }
      ExportBody body = reading.whole();
      if (fault == null && body != null) {
        whole++;
        assertThat(Arrays.copyOf(body.bytes(), body.length()))
            .isEqualTo(Arrays.copyOfRange(bytes, 5, bytes.length));
      } else {
        assertThat(damaged).isTrue();
      }
      reading.drop();
      assertThat(memory.held()).isZero();
    }
    assertThat(whole).isGreaterThan(10_000);
  }

  @Test
  void timeouts_areRead() {
    assertThat(GrpcTimeout.nanos("1S")).isEqualTo(1_000_000_000L);
    assertThat(GrpcTimeout.nanos("2M")).isEqualTo(120_000_000_000L);
    assertThat(GrpcTimeout.nanos("99999999H")).isPositive();
    assertThat(GrpcTimeout.nanos("250m")).isEqualTo(250_000_000L);
    assertThat(GrpcTimeout.nanos("7u")).isEqualTo(7_000L);
    assertThat(GrpcTimeout.nanos("7n")).isEqualTo(7L);
    for (String nonsense : new String[] {"", "S", "1", "1X", "-1S", "1234567890S", "1.5S"}) {
      assertThat(GrpcTimeout.nanos(nonsense)).as(nonsense).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void messages_arePercentEncoded() {
    assertThat(GrpcAnswer.percentEncoded("50 % of pk-…\n")).isEqualTo("50 %25 of pk-%E2%80%A6%0A");
  }
}
