package dev.probity.gateway.upstream.simulated.script;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.node.ArrayNode;

/**
 * A vector for a text: of length one, the same for the same text, and nearer for texts that share
 * words, so that whoever searches with it finds something.
 */
public record Embedding(float[] values) {

  public static Embedding of(String text, int dimensions) {
    float[] sum = new float[dimensions];
    for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", 10_000)) {
      Random random = new Random(word.hashCode() * 0x5DEECE66DL);
      for (int i = 0; i < dimensions; i++) {
        sum[i] += (float) (random.nextDouble() - 0.5);
      }
    }
    double squares = 0;
    for (float value : sum) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < dimensions; i++) {
      sum[i] = (float) (sum[i] / length);
    }
    return new Embedding(sum);
  }

  public ArrayNode list() {
    ArrayNode list = Trees.array();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  /** Little-endian floats in base64, as OpenAI's SDKs ask for them. */
  public String base64() {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
