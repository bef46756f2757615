package dev.probity.telemetry.otlp.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.telemetry.otlp.Attribute;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCacheTest {
  private final TextCache cache = new TextCache(1);

  @Test
  void textThatComesAgain_isTheSameObject() {
    text("claude-code");
    String second = text("claude-code");
    for (int i = 0; i < 5000; i++) {
      text("once-" + i);
    }
    assertThat(text("claude-code")).isSameAs(second);
  }

  @Test
  void texts_areNeverTakenForOthers() {
    var random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      String text = "id-" + random.nextInt(5000) + "x".repeat(random.nextInt(3) * 48);
      assertThat(text(text)).isEqualTo(text);
    }
  }

  @Test
  void longText_isCutBetweenCharacters() {
    assertThat(text("a".repeat(2000))).isEqualTo("a".repeat(1024));
    assertThat(text("a" + "é".repeat(2000))).isEqualTo("a" + "é".repeat(1023));
    assertThat(text("敏".repeat(5000))).isEqualTo("敏".repeat(1024));
    assertThat(text("a" + "🦊".repeat(2000))).isEqualTo("a" + "🦊".repeat(511));
  }

  @Test
  void names_areFoundAndOthersAreNot() {
    for (Attribute attribute : Attribute.values()) {
      byte[] name = ("<" + attribute.wireName() + ">").getBytes(UTF_8);
      assertThat(AttributeTable.find(name, 1, name.length - 1)).isEqualTo(attribute);
      assertThat(AttributeTable.find(name, 0, name.length - 1)).isNull();
      assertThat(AttributeTable.find(name, 1, name.length)).isNull();
    }
    assertThat(AttributeTable.find(new byte[0], 0, 0)).isNull();
  }

  private String text(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
    return cache.text(bytes, Slice.of(1, bytes.length - 1));
  }
}
