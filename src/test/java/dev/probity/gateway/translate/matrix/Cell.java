package dev.probity.gateway.translate.matrix;

import java.util.List;

/** What becomes of one thing between two dialects. */
record Cell(Fate fate, List<String> words) {
  enum Fate {
    /** The bytes pass as they are. */
    SAME,
    YES,
    /** It arrives, with something lost on the way. */
    CHANGED,
    /** It does not arrive. */
    NO,
    REFUSED,
    /** The dialect has no way to say it. */
    UNSAYABLE
  }

  static final Cell SAME = new Cell(Fate.SAME, List.of());
  static final Cell YES = new Cell(Fate.YES, List.of());
  static final Cell NO = new Cell(Fate.NO, List.of());
  static final Cell UNSAYABLE = new Cell(Fate.UNSAYABLE, List.of());

  static Cell refused(String code) {
    return new Cell(Fate.REFUSED, List.of(code));
  }

  static Cell asked(boolean arrived, List<String> losses) {
    if (arrived) {
      return losses.isEmpty() ? YES : new Cell(Fate.CHANGED, losses);
    }
    return new Cell(Fate.NO, losses);
  }

  /** Something is missing and nobody is told. */
  boolean isSilent() {
    return fate == Fate.NO && words.isEmpty();
  }

  String markdown() {
    String detail = String.join(", ", words);
    return switch (fate) {
      case SAME -> "as it is";
      case YES -> "✓";
      case CHANGED -> "✓ (" + detail + ")";
      case NO -> detail.isEmpty() ? "lost" : detail;
      case REFUSED -> "refused: " + detail;
      case UNSAYABLE -> "–";
    };
  }
}
