package dev.probity.kernel.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  private static final Words WORDS = new Words(List.of("claude-code", "true"));

  private final Random random = new Random(20261120);

  @Test
  void numbers_comeBack() {
    ByteWriter writer = new ByteWriter();
    List<Long> numbers = new ArrayList<>(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 63L));
    for (int i = 0; i < 1_000; i++) {
      numbers.add(random.nextLong() >> random.nextInt(64));
    }
    numbers.forEach(number -> {
      writer.writeNumber(number);
      writer.writeSigned(number);
      writer.writeLong(number);
    });
    ByteReader reader = new ByteReader(writer.toBytes());
    for (long number : numbers) {
      assertThat(reader.readNumber()).isEqualTo(number);
      assertThat(reader.readSigned()).isEqualTo(number);
      assertThat(reader.readLong()).isEqualTo(number);
    }
    reader.expectEnd();
  }

  @Test
  void texts_comeBack() {
    List<String> texts =
        new ArrayList<>(List.of("", "-", "true", "ABC", "0a", "A0", "ä", "\uD83D\uDE80"));
    for (int i = 0; i < 3_000; i++) {
      texts.add(text());
      texts.add(texts.get(random.nextInt(texts.size())));
    }
    ByteWriter writer = new ByteWriter(WORDS);
    texts.forEach(writer::writeShared);
    texts.forEach(writer::writeText);
    ByteReader reader = new ByteReader(writer.toBytes(), WORDS);
    texts.forEach(text -> assertThat(reader.readShared()).isEqualTo(text));
    texts.forEach(text -> assertThat(reader.readText()).isEqualTo(text));
    reader.expectEnd();
  }

  @Test
  void ids_areShort() {
    assertThat(sharedLength("fa99ec3d-33ce-47d5-a2bc-a753e55d48bd")).isEqualTo(2 + 16);
    assertThat(sharedLength("132ad9be157ff97cccdcb05f931322ce")).isEqualTo(3 + 16);
    assertThat(sharedLength("req_011CTzPkNc7fXJq3vHwYbR5m")).isEqualTo(2 + 21);
    assertThat(sharedLength("claude-code")).isEqualTo(1);
    ByteWriter writer = new ByteWriter(WORDS);
    writer.writeShared("a.b");
    int once = writer.length();
    writer.writeShared("a.b");
    assertThat(writer.length() - once).isEqualTo(1);
  }

  @Test
  void garbage_isReadOrRefused() {
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 0) {
        bytes[0] = 0;
      }
      ByteReader reader = new ByteReader(bytes, WORDS);
      try {
        while (!reader.atEnd()) {
          reader.readShared();
        }
      } catch (ByteFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 49_999);
  }

  @Test
  void countsAndBlocks_beyondTheEnd_areRefused() {
    ByteWriter writer = new ByteWriter();
    writer.writeBlock(new byte[] {1, 2, 3}, 3);
    byte[] bytes = writer.toBytes();
    assertThat(new ByteReader(bytes).readBlock()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> new ByteReader(Arrays.copyOf(bytes, 3)).readBlock())
        .isInstanceOf(ByteFormatException.class);
    assertThatThrownBy(() -> new ByteReader(bytes).readCount(2))
        .isInstanceOf(ByteFormatException.class);
    assertThatThrownBy(() -> new ByteReader(bytes).expectEnd())
        .isInstanceOf(ByteFormatException.class)
        .hasMessageContaining("go on");
  }

  private static int sharedLength(String text) {
    ByteWriter writer = new ByteWriter(WORDS);
    writer.writeShared(text);
    return writer.length();
  }

  private String text() {
    if (random.nextInt(4) == 0) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
    String letters = random.nextBoolean() ? "0123456789abcdef" : "aZ9-_xQ";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(50); length > 0; length--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return random.nextInt(5) == 0 ? text + "ß." : text.toString();
  }
}
