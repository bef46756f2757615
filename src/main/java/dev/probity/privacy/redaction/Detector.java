package dev.probity.privacy.redaction;

import java.util.Optional;

/**
 * Looks for one or several kinds at one position of a text. It looks at a bounded number of
 * characters only, or at no more than it finds: that is what keeps the whole linear.
 */
interface Detector {
  /**
   * What begins at the position, or shortly after it where something at the position announces it.
   */
  Optional<Finding> find(CharSequence text, int at);
}
