package dev.probity.gateway.door.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  /** What was told, as words. */
  private static final class Told implements FrameReader.Sink {
    final List<String> words = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    @Override
    public void announced(long bytes) {
      words.add("+" + bytes);
    }

    @Override
    public void piece(ByteBuf bytes) {
      byte[] copy = new byte[bytes.readableBytes()];
      bytes.getBytes(bytes.readerIndex(), copy);
      message.writeBytes(copy);
    }

    @Override
    public void messageEnd() {
      words.add(message.toString(UTF_8));
      message.reset();
    }

    @Override
    public void ping(byte[] payload) {
      words.add("ping " + new String(payload, UTF_8));
    }

    @Override
    public void pong() {
      words.add("pong");
    }

    @Override
    public void close(int code) {
      words.add("close " + code);
    }

    @Override
    public void violation(int code, String what) {
      words.add("violation " + code);
    }
  }

  private static byte[] frame(int first, String text) {
    return frame(first, text.getBytes(UTF_8));
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteBuf out = Unpooled.buffer();
    out.writeByte(first);
    if (payload.length < 126) {
      out.writeByte(0x80 | payload.length);
    } else if (payload.length < 1 << 16) {
      out.writeByte(0x80 | 126).writeShort(payload.length);
    } else {
      out.writeByte(0x80 | 127).writeLong(payload.length);
    }
    byte[] mask = {1, (byte) 0xF2, 3, 77};
    out.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      out.writeByte(payload[i] ^ mask[i & 3]);
    }
    byte[] all = new byte[out.readableBytes()];
    out.readBytes(all);
    return all;
  }

  private static byte[] join(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] each : frames) {
      all.writeBytes(each);
    }
    return all.toByteArray();
  }

  private static List<String> read(byte[] bytes, int... cuts) {
    Told told = new Told();
    FrameReader reader = new FrameReader(told);
    int from = 0;
    for (int cut : cuts) {
      reader.feed(Unpooled.copiedBuffer(bytes, from, cut - from));
      from = cut;
    }
    reader.feed(Unpooled.copiedBuffer(bytes, from, bytes.length - from));
    return told.words;
  }

  @Test
  void everyCut_readsTheSame() {
    String large = "é".repeat(100);
    byte[] bytes =
        join(
            frame(0x81, "one"),
            frame(0x01, large),
            frame(0x89, "hi"),
            frame(0x00, ""),
            frame(0x80, "end"),
            frame(0x8A, ""),
            frame(0x81, ""),
            frame(0x88, new byte[] {3, (byte) 0xE8}));
    List<String> whole =
        List.of(
            "+3",
            "one",
            "+200",
            "ping hi",
            "+0",
            "+3",
            large + "end",
            "pong",
            "+0",
            "",
            "close 1000");
    assertThat(read(bytes)).isEqualTo(whole);
    for (int a = 0; a <= bytes.length; a++) {
      assertThat(read(bytes, a)).isEqualTo(whole);
      for (int b = a; b <= bytes.length; b += 7) {
        assertThat(read(bytes, a, b)).isEqualTo(whole);
      }
    }
  }

  @Test
  void longFrame_hasALongLength() {
    String text = "x".repeat(70_000);
    assertThat(read(frame(0x81, text), 5, 12, 40_000)).containsExactly("+70000", text);
  }

  @Test
  void whatIsNotAllowed_isAViolation() {
    assertThat(read(new byte[] {(byte) 0x81, 1, 'x', 0, 0, 0})).containsExactly("violation 1002");
    assertThat(read(frame(0xC1, "x"))).containsExactly("violation 1002");
    assertThat(read(frame(0x82, "x"))).containsExactly("violation 1003");
    assertThat(read(frame(0x83, "x"))).containsExactly("violation 1002");
    assertThat(read(frame(0x80, "x"))).containsExactly("violation 1002");
    assertThat(read(frame(0x09, "x"))).containsExactly("violation 1002");
    assertThat(read(frame(0x89, "x".repeat(126)))).containsExactly("violation 1002");
    assertThat(read(frame(0x8B, ""))).containsExactly("violation 1002");
    assertThat(read(frame(0x88, "x"))).containsExactly("violation 1002");
    assertThat(read(frame(0x88, ""))).containsExactly("close 1005");
    assertThat(read(join(frame(0x01, "a"), frame(0x81, "b"))))
        .containsExactly("+1", "violation 1002");
    byte[] negative = join(new byte[] {(byte) 0x81, (byte) 0xFF, (byte) 0x80}, new byte[11]);
    assertThat(read(negative)).containsExactly("violation 1002");
  }

  /** Whatever comes, it is read or refused. */
  @Test
  void anyBytes_areReadOrRefused() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      List<String> words = read(bytes, bytes.length / 2);
      assertThat(words.stream().filter(each -> each.startsWith("violation")).count())
          .isLessThanOrEqualTo(1);
    }
  }
}
