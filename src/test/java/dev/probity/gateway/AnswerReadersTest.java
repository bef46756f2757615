package dev.probity.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.gateway.AnswerSample.Found;
import dev.probity.gateway.answer.AnswerReader;
import dev.probity.kernel.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AnswerReadersTest {
  static List<AnswerSample> samples() {
    return AnswerSample.all();
  }

  private static void feed(AnswerReader reader, byte[] bytes, int from, int to) {
    ByteBuf piece = Unpooled.wrappedBuffer(bytes, from, to - from);
    reader.accept(piece);
    assertThat(piece.readableBytes()).isEqualTo(to - from);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void answer_isReadWhole(AnswerSample sample) {
    AnswerReader reader = sample.reader();
    feed(reader, sample.bytes(), 0, sample.bytes().length);
    reader.finish();
    assertThat(Found.in(reader)).isEqualTo(sample.found());
    if (sample.providerTotal() >= 0) {
      assertThat(reader.usage().total()).isEqualTo(sample.providerTotal());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void answer_readsTheSame_whereverItIsCut(AnswerSample sample) {
    byte[] bytes = sample.bytes();
    for (int cut = 0; cut <= bytes.length; cut++) {
      AnswerReader reader = sample.reader();
      feed(reader, bytes, 0, cut);
      feed(reader, bytes, cut, bytes.length);
      reader.finish();
      assertThat(Found.in(reader)).as("cut at " + cut).isEqualTo(sample.found());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void answer_readsTheSame_byteByByte_fromDirectMemory(AnswerSample sample) {
    AnswerReader reader = sample.reader();
    ByteBuf one = Unpooled.directBuffer(1);
    long seen = 0;
    for (byte each : sample.bytes()) {
      reader.accept(one.clear().writeByte(each));
      assertThat(reader.contentBytes()).isGreaterThanOrEqualTo(seen);
      seen = reader.contentBytes();
    }
    one.release();
    reader.finish();
    assertThat(Found.in(reader)).isEqualTo(sample.found());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void damagedAnswer_neverThrows_andNeverCountsBelowNothing(AnswerSample sample) {
    var random = new Random(sample.name().hashCode());
    String[] hostile = {"-5", "99999999999999999999", "1e9", "null", "[]", "{}", "\"x\"", "\n\n"};
    for (int i = 0; i < 400; i++) {
      byte[] bytes = sample.bytes().clone();
      for (int j = random.nextInt(4); j > 0; j--) {
        byte[] put = hostile[random.nextInt(hostile.length)].getBytes();
        int at = random.nextInt(bytes.length);
        System.arraycopy(put, 0, bytes, at, Math.min(put.length, bytes.length - at));
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      AnswerReader reader = sample.reader();
      int cut = random.nextInt(bytes.length);
      feed(reader, bytes, 0, cut);
      feed(reader, bytes, cut, bytes.length);
      reader.finish();
      Usage usage = reader.usage();
      assertThat(usage.plus(usage).total()).isBetween(0L, 100_000_000_000_000L);
      assertThat(reader.error()).matches("[a-z0-9_.-]{0,64}");
      assertThat(reader.serviceTier()).matches("[a-z0-9_.-]{0,64}");
    }
  }
}
