package dev.probity.kernel.bytes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts that writer and reader know beforehand, so that even the first time only a number is
 * written. What was written with a list can only be read with the same one.
 */
public final class Words {
  public static final Words NONE = new Words(List.of());

  private final List<String> words;
  private final Map<String, Integer> numbers = new HashMap<>();

  public Words(List<String> words) {
    this.words = List.copyOf(words);
    for (String word : words) {
      if (numbers.put(word, numbers.size() + 1) != null) {
        throw new IllegalArgumentException("the word " + word + " is there twice");
      }
    }
  }

  int size() {
    return words.size();
  }

  /** The number of a word, from 1; 0 if it is none. */
  int number(String text) {
    return numbers.getOrDefault(text, 0);
  }

  String word(int number) {
    return words.get(number - 1);
  }
}
