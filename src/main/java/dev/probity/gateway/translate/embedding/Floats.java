package dev.probity.gateway.translate.embedding;

import dev.probity.gateway.json.JsonCursor;
import dev.probity.gateway.json.JsonWriter;
import dev.probity.gateway.json.MalformedJson;
import dev.probity.gateway.json.RawJson;
import dev.probity.gateway.json.RawText;
import dev.probity.gateway.neutral.Untranslatable;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** A vector: an array of numbers, or 32-bit floats, lowest byte first, in base64. */
final class Floats {
  /** More than any vector has. */
  private static final int MOST = 1 << 16;

  private Floats() {}

  /** The vector as base64. */
  static String packed(RawJson vector) throws MalformedJson, Untranslatable {
    if (vector.isString()) {
      return vector.text().orElse(RawText.EMPTY).plain();
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * Math.min(MOST, vector.length())).order(ByteOrder.LITTLE_ENDIAN);
    JsonCursor json = vector.cursor();
    json.enterArray();
    try {
      while (json.nextElement()) {
        bytes.putFloat(Float.parseFloat(json.raw().toString()));
      }
    } catch (NumberFormatException | BufferOverflowException _) {
      throw unreadable();
    }
    byte[] filled = new byte[bytes.position()];
    bytes.flip().get(filled);
    return Base64.getEncoder().encodeToString(filled);
  }

  /** Writes the vector as an array. */
  static void writeNumbers(RawJson vector, JsonWriter out) throws Untranslatable {
    if (vector.isArray()) {
      out.value(vector);
      return;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(vector.text().orElseThrow(Floats::unreadable).plain());
    } catch (IllegalArgumentException _) {
      throw unreadable();
    }
    ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.beginArray();
    while (floats.remaining() >= 4) {
      float value = floats.getFloat();
      if (!Float.isFinite(value)) {
        throw unreadable();
      }
      out.value(RawJson.of(Float.toString(value)));
    }
    out.endArray();
  }

  private static Untranslatable unreadable() {
    return Untranslatable.answer(
        "upstream_malformed", "The provider gave a vector that is none. Try again.");
  }
}
