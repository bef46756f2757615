package dev.probity.privacy.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.probity.privacy.redaction.RedactionCorpus.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How much of each kind is found, measured, and told in {@code docs/reference/redaction.md}. */
class RedactionReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/redaction.md");
  private static final int SAMPLES = 1_000;
  private static final int SHORTEST_PART = 4;
  private static final double LEAST_RECALL = 0.95;

  private static final String HEAD =
      """
      # Redaction

      Written by a test from what it measured (`RedactionReferenceTest`); change the code, not this page.

      Before text of prompts or answers is kept (`telemetry.capture_prompts`, off by default), whatever is found of the kinds below is
      replaced by its marker. **Found** is the share of %,d generated samples per kind, in sixteen surroundings (prose, code, JSON, logs, tables), of which
      neither half was left; it says how well the rules know the forms they were written for, not how well they know the world.
      **Marked as such** is the share that got this kind's own marker rather than another's. Names of people and street addresses are *not*
      found: rules can't tell them from other words. What is found twice as likely to be harmless (version numbers that look like addresses, the
      word after "password:" in a schema) is weighed towards leaving ordinary code as it is.

      | kind | marker | what | found | marked as such |
      |---|---|---|---:|---:|
      """
          .replace("%,d", "1,000");

  private final Redactor redactor = new Redactor();

  /** To rewrite the page: {@code mvn -Dquick test -Dtest=RedactionReferenceTest -Dwrite.docs}. */
  @Test
  void page_saysWhatIsMeasured_andEnoughIsFound() throws Exception {
    StringBuilder page = new StringBuilder(HEAD);
    Map<Kind, List<String>> missed = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      List<Sample> samples = new RedactionCorpus(kind.ordinal()).samples(kind, SAMPLES);
      int found = 0;
      int marked = 0;
      for (Sample sample : samples) {
        String redacted = redactor.redact(sample.text());
        if (isLeft(redacted, sample.secret())) {
          missed.computeIfAbsent(kind, any -> new ArrayList<>()).add(sample.text());
        } else {
          found++;
          marked += redacted.contains(kind.marker()) ? 1 : 0;
        }
      }
      page.append(
          "| %s | `%s` | %s | %.1f%% | %.1f%% |\n"
              .formatted(
                  kind.name().toLowerCase(Locale.ROOT),
                  kind.marker(),
                  kind.meaning(),
                  100.0 * found / SAMPLES,
                  100.0 * marked / SAMPLES));
    }
    missed.forEach((kind, texts) ->
        assertThat(texts.size())
            .as(kind + " is missed in " + texts.subList(0, Math.min(5, texts.size())))
            .isLessThanOrEqualTo((int) (SAMPLES * (1 - LEAST_RECALL))));
    if (System.getProperty("write.docs") != null) {
      Files.writeString(PAGE, page.toString());
    }
    assertThat(PAGE).content().isEqualTo(page.toString());
  }

  /** Whether either half of a secret is still there. */
  private static boolean isLeft(String redacted, String secret) {
    int half = secret.length() / 2;
    return half < SHORTEST_PART
        ? redacted.contains(secret)
        : redacted.contains(secret.substring(0, half)) || redacted.contains(secret.substring(half));
  }

  @Test
  void registry_hasMoreThanTwentyKinds_eachWithItsOwnMarker() {
    assertThat(Kind.values()).hasSizeGreaterThanOrEqualTo(24);
    assertThat(Kind.values()).extracting(Kind::marker).doesNotHaveDuplicates();
    assertThat(Kind.values())
        .allSatisfy(kind -> assertThat(redactor.redact(kind.marker())).isEqualTo(kind.marker()));
  }
}
