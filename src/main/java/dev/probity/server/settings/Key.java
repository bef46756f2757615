package dev.probity.server.settings;

import java.util.Optional;

/**
 * One key of a section: its name, what it takes, what it is without, and what it means.
 *
 * @param standard the default, written as in the file; empty if there is none
 * @param required whether the section is wrong without it
 * @param meaning a sentence or two for the reference
 */
record Key<T>(
    String name, Type<T> type, Optional<String> standard, boolean required, String meaning) {

  static <T> Key<T> required(String name, Type<T> type, String meaning) {
    return new Key<>(name, type, Optional.empty(), true, meaning);
  }

  static <T> Key<T> optional(String name, Type<T> type, String meaning) {
    return new Key<>(name, type, Optional.empty(), false, meaning);
  }

  static <T> Key<T> of(String name, Type<T> type, String standard, String meaning) {
    return new Key<>(name, type, Optional.of(standard), false, meaning);
  }
}
