package dev.probity.server.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong, so that an operator hears of everything at once. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Place place, String text) {
    found.add(new Problem(file, place.line(), place.column(), text));
  }

  void throwIfAny() throws SettingsException {
    if (!found.isEmpty()) {
      throw exception();
    }
  }

  SettingsException exception() {
    found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return new SettingsException(found);
  }

  int count() {
    return found.size();
  }

  /** Where in the file something stands, counted from 1. */
  record Place(int line, int column) {
    static final Place WHOLE_FILE = new Place(0, 0);

    static Place of(Optional<Mark> mark) {
      return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(WHOLE_FILE);
    }
  }
}
