package dev.probity.gateway.passthrough;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.gateway.request.RequestFacts;
import dev.probity.gateway.request.RequestReading;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=b-1";
  private static final String MODEL =
      "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n";
  private static final String FILE =
      "--b-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n-- --b\r\n\u0000\u00ff\r\n";
  private static final String END = "--b-1--\r\n";

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TYPE,
        "multipart/form-data; boundary=\"b-1\"",
        "Multipart/Form-Data; charset=utf-8; Boundary=b-1; x=y"
      })
  void model_isFound_whereverItStands(String type) {
    for (String body : new String[] {MODEL + FILE + END, FILE + MODEL + END}) {
      ByteBuf at = bytes("xx" + body).skipBytes(2);
      RequestFacts facts = (RequestFacts) PassThroughReader.read(type, at, 64);
      assertThat(facts.model()).isEqualTo("whisper-1");
      assertThat(body.substring(facts.modelAt().orElseThrow().start())).startsWith("whisper-1\r\n");
    }
  }

  @Test
  void formWithoutModel_hasNone() {
    RequestFacts facts = (RequestFacts) PassThroughReader.read(TYPE, bytes(FILE + END), 64);
    assertThat(facts.model()).isEmpty();
    assertThat(facts.modelAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What some parsers read otherwise than others.
        MODEL + MODEL + END,
        "preamble\r\n" + MODEL + END,
        MODEL + "--b-1--\r\nepilogue",
        MODEL + "--b-1 \r\n" + END,
        "--b-1\nContent-Disposition: form-data; name=\"model\"\n\nx\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\na\n--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name=\"model\"; name=\"file\"\r\n\r\nx\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name*=utf-8''model\r\n\r\nx\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data;\r\n name=\"model\"\r\n\r\nx\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name=\"model\"; filename=\"m\"\r\n\r\nx\r\n--b-1--",
        "--b-1\r\nContent-Disposition: attachment; name=\"model\"\r\n\r\nx\r\n--b-1--",
        "--b-1\r\n\r\nx\r\n--b-1--",
        "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n--b-1--",
        MODEL,
        "--b-1",
        "--b-1\r\n",
        "-"
      })
  void unclearForm_isRefused(String body) {
    assertThat(PassThroughReader.read(TYPE, bytes(body), 64))
        .isInstanceOf(RequestReading.Refused.class);
  }

  @Test
  void boundary_mustBeNamedOnce() {
    for (String type :
        new String[] {
          "multipart/form-data",
          "multipart/form-data; boundary=",
          "multipart/form-data; boundary=b-1; boundary=c",
          "multipart/form-data; boundary=" + "x".repeat(71)
        }) {
      assertThatThrownBy(() -> Multipart.read(type, bytes(MODEL + END), "model"))
          .describedAs(type)
          .isInstanceOf(MalformedForm.class);
    }
  }

  /** Whatever bytes come, a form is read or refused, and what is read lies within it. */
  @Test
  void changedForms_areReadOrRefused() {
    Random random = new Random(7);
    String whole = FILE + MODEL + END;
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = whole.getBytes(ISO_8859_1);
      int changes = random.nextInt(4);
      for (int i = 0; i < changes; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) "\r\n-b1;\"=: x".charAt(random.nextInt(11));
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
      ByteBuf body = Unpooled.wrappedBuffer(bytes, 0, length);
      if (PassThroughReader.read(TYPE, body, 64) instanceof RequestFacts facts) {
        read++;
        facts.modelAt().ifPresent(at -> assertThat(at.end()).isLessThan(body.readableBytes()));
      }
      assertThat(body.readerIndex()).isZero();
    }
    assertThat(read).isGreaterThan(5_000);
  }
}
