package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XxHash64Test {
  /**
   * The reference's own self-test: its byte pattern, and its results for these lengths and seeds.
   */
  @Test
  void hash_isWhatTheReferenceMakes() {
    long prime = 0x9E3779B1L;
    byte[] bytes = new byte[222];
    long generator = prime;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (generator >>> 56);
      generator *= 0x9E3779B185EBCA8DL;
    }
    assertThat(XxHash64.hash(bytes, 0, 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
    assertThat(XxHash64.hash(bytes, 0, 0, prime)).isEqualTo(0xAC75FDA2929B17EFL);
    assertThat(XxHash64.hash(bytes, 0, 1, 0)).isEqualTo(0xE934A84ADB052768L);
    assertThat(XxHash64.hash(bytes, 0, 1, prime)).isEqualTo(0x5014607643A9B4C3L);
    assertThat(XxHash64.hash(bytes, 0, 14, 0)).isEqualTo(0x8282DCC4994E35C8L);
    assertThat(XxHash64.hash(bytes, 0, 14, prime)).isEqualTo(0xC3BD6BF63DEB6DF0L);
    assertThat(XxHash64.hash(bytes, 0, 222, 0)).isEqualTo(0xB641AE8CB691C174L);
    assertThat(XxHash64.hash(bytes, 0, 222, prime)).isEqualTo(0x20CB8AB7AE10C14AL);
  }

  @Test
  void hash_ofShortTexts_isTheKnownOne() {
    assertThat(hash("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
    assertThat(hash("abc")).isEqualTo(0x44BC2CF5AD770999L);
  }

  @Test
  void hash_looksAtNothingElse() {
    byte[] text = "xxabcyy".getBytes(US_ASCII);
    assertThat(XxHash64.hash(text, 2, 5, 0)).isEqualTo(hash("abc"));
  }

  @Test
  void mix_dependsOnBothAndTheirOrder() {
    assertThat(XxHash64.mix(1, 2))
        .isNotEqualTo(XxHash64.mix(2, 1))
        .isNotEqualTo(XxHash64.mix(1, 3))
        .isNotEqualTo(XxHash64.mix(3, 2));
  }

  private static long hash(String text) {
    return XxHash64.hash(text.getBytes(US_ASCII), 0, text.length(), 0);
  }
}
