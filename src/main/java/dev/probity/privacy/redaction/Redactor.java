package dev.probity.privacy.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces what {@link Kind}s there are by their markers. Stateless; for any number of threads. */
public final class Redactor {
  /** The first that finds something at a position decides. */
  private final List<Detector> detectors;

  public Redactor() {
    Detector tokens = new Tokens();
    Detector credentials = new Credentials();
    detectors =
        List.of(
            tokens,
            credentials,
            new Assignments(
                (text, at) -> tokens.find(text, at).or(() -> credentials.find(text, at))),
            new Numbers(),
            new Machines(),
            new Contacts());
  }

  /** The text with a marker in the place of each finding; the same text if there is none. */
  public String redact(String text) {
    List<Finding> findings = find(text);
    if (findings.isEmpty()) {
      return text;
    }
    StringBuilder redacted = new StringBuilder(text.length());
    int done = 0;
    for (Finding finding : findings) {
      redacted.append(text, done, finding.from()).append(finding.kind().marker());
      done = finding.to();
    }
    return redacted.append(text, done, text.length()).toString();
  }

  /** What is in the text, in its order and without overlap. */
  public List<Finding> find(CharSequence text) {
    List<Finding> findings = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      Optional<Finding> found = findAt(text, at);
      found.ifPresent(findings::add);
      at = found.isPresent() ? Math.max(at + 1, found.get().to()) : at + 1;
    }
    return findings;
  }

  private Optional<Finding> findAt(CharSequence text, int at) {
    for (Detector detector : detectors) {
      Optional<Finding> found = detector.find(text, at);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
