package dev.probity.gateway.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageChunkFilterTest {
  private static final String HEAD = "\"id\":\"c\",\"object\":\"chat.completion.chunk\",";
  private static final String TEXT =
      "data: {" + HEAD + "\"choices\":[{\"delta\":{\"content\":\"é\"}}],\"usage\":null}\n\n";
  private static final String FILTER_RESULTS =
      "data: {\"choices\":[],\"prompt_filter_results\":[{\"a\":1}]}\n\n";
  private static final String USAGE =
      "data: {" + HEAD + "\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
  private static final String USAGE_FIRST =
      "data: {\"usage\":{\"prompt_tokens\":1},\"choices\" : [ ] }\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String ERROR =
      "data: {\"choices\":[],\"usage\":{},\"error\":{\"message\":\"m\"}}\n\n";

  private static String filtered(byte[] bytes, int... cuts) {
    var filter = new UsageChunkFilter();
    ByteBuf out = Unpooled.buffer();
    int from = 0;
    for (int cut : cuts) {
      filter.accept(Unpooled.wrappedBuffer(bytes, from, cut - from), out);
      from = cut;
    }
    filter.accept(Unpooled.wrappedBuffer(bytes, from, bytes.length - from), out);
    filter.finish(out);
    return out.toString(UTF_8);
  }

  private static String filteredByteByByte(byte[] bytes) {
    int[] cuts = new int[bytes.length];
    Arrays.setAll(cuts, i -> i);
    return filtered(bytes, cuts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void usageChunk_isTakenOut_whereverTheStreamIsCut(String lineEnd) {
    String before = "\ufeff: hello\n\n" + TEXT + FILTER_RESULTS + ": ping\n";
    String after = ":pong\n" + ERROR + TEXT + "id: 7\nretry: 1\n\n" + DONE;
    String stream =
        before + USAGE + USAGE_FIRST + "event: x\nid: 9\n: y\n" + USAGE + after + USAGE.strip();
    byte[] bytes = stream.replace("\n", lineEnd).getBytes(UTF_8);
    String expected = (before + after).replace("\n", lineEnd);
    assertThat(filtered(bytes)).isEqualTo(expected);
    assertThat(filteredByteByByte(bytes)).isEqualTo(expected);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(filtered(bytes, cut)).as("cut at " + cut).isEqualTo(expected);
    }
  }

  @Test
  void otherStreams_passUnchanged() {
    for (String stream :
        List.of(
            "",
            "data",
            "data: {\"choices\":[",
            "garbage\n\n\n\nmore\n",
            "data: {\"choices\":[],\"usage\":null}\n\n",
            "data: {\"choices\":[],\"usage\":{}",
            "data: {\"choices\":[],\"usage\":{}}x\n\n",
            "data: {\"choices\":[{}],\"choices\":[],\"usage\":{}}\n\n",
            "data: [{\"choices\":[],\"usage\":{}}]\n\n",
            "\ufeff\ufeff" + TEXT,
            TEXT + DONE)) {
      assertThat(filtered(stream.getBytes(UTF_8))).isEqualTo(stream);
      assertThat(filteredByteByByte(stream.getBytes(UTF_8))).isEqualTo(stream);
    }
  }

  @Test
  void dataOverSeveralLines_isOneChunk() {
    String chunk = "data: {\"choices\":\ndata:[],\ndata: \"usage\":{}}\n\n";
    assertThat(filteredByteByByte((TEXT + chunk + DONE).getBytes(UTF_8))).isEqualTo(TEXT + DONE);
  }

  @Test
  void bytes_goOutAsSoonAsTheyCannotBelongToTheChunk() {
    String known = "data: {" + HEAD + "\"choices\":[{";
    var filter = new UsageChunkFilter();
    ByteBuf out = Unpooled.buffer();
    byte[] bytes = (TEXT + ": ping").getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      filter.accept(Unpooled.wrappedBuffer(bytes, i, 1), out);
      if (i + 1 < known.length()) {
        assertThat(out.readableBytes()).isZero();
      } else {
        assertThat(out.readableBytes()).isEqualTo(i + 1);
      }
    }
    filter.accept(Unpooled.copiedBuffer("\n\nda", UTF_8), out);
    assertThat(out.toString(UTF_8)).isEqualTo(TEXT + ": ping\n\n");
  }

  @Test
  void hugeFrame_isNotHeld() {
    var filter = new UsageChunkFilter();
    ByteBuf out = Unpooled.buffer();
    filter.accept(Unpooled.copiedBuffer("data: {\"choices\":[],\"x\":\"", UTF_8), out);
    ByteBuf kilobyte = Unpooled.copiedBuffer("y".repeat(1024), UTF_8);
    for (int i = 0; i < 63; i++) {
      filter.accept(kilobyte, out);
    }
    assertThat(out.readableBytes()).isZero();
    filter.accept(kilobyte, out);
    assertThat(out.readableBytes()).isGreaterThan(64 << 10);
    filter.accept(Unpooled.copiedBuffer("\",\"usage\":{}}\n\n" + USAGE + DONE, UTF_8), out);
    assertThat(out.toString(UTF_8)).endsWith("\",\"usage\":{}}\n\n" + DONE);
  }

  @Test
  void damagedStream_comesOutTheSame_howeverItIsCut() {
    var random = new Random(7);
    byte[] stream =
        (TEXT + ": c\r\n\r\n" + USAGE + FILTER_RESULTS + USAGE_FIRST + DONE).getBytes(UTF_8);
    String marks = "\r\n\n:{}[]\", d\ufeff";
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = stream.clone();
      for (int j = random.nextInt(5); j > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) marks.charAt(random.nextInt(marks.length()));
      }
      String whole = filtered(bytes);
      int cut = random.nextInt(bytes.length);
      int next = cut + random.nextInt(bytes.length - cut);
      assertThat(filtered(bytes, cut, next)).isEqualTo(whole);
      assertThat(whole.length()).isLessThanOrEqualTo(bytes.length);
    }
  }
}
