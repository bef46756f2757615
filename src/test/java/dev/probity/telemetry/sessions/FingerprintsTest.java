package dev.probity.telemetry.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  private final Random random = new Random(20261120);

  @Test
  void set_holdsWhatWasAdded() {
    Fingerprints fingerprints = new Fingerprints();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      long value = random.nextBoolean() ? random.nextLong() : random.nextInt(5_000) - 100L;
      assertThat(fingerprints.contains(value)).isEqualTo(expected.contains(value));
      assertThat(fingerprints.add(value)).isEqualTo(expected.add(value));
      assertThat(fingerprints.size()).isEqualTo(expected.size());
    }
    assertThat(expected).contains(0L).allMatch(fingerprints::contains);
  }

  @Test
  void set_isCompact() {
    Fingerprints fingerprints = new Fingerprints();
    for (int i = 0; i < 100_000; i++) {
      fingerprints.add(random.nextLong());
    }
    assertThat(fingerprints.memoryBytes() / fingerprints.size()).isBetween(8L, 22L);
  }
}
