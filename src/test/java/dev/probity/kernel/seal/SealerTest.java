package dev.probity.kernel.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final byte[] PLAIN = "a data key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PLACE = "keys|1".getBytes(StandardCharsets.UTF_8);

  private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());

  @Test
  void sealedValue_opensInItsPlace() {
    byte[] sealed = sealer.seal(PLAIN, PLACE);
    assertThat(sealed).hasSize(PLAIN.length + Sealer.OVERHEAD_BYTES);
    assertThat(sealer.open(sealed, PLACE)).isEqualTo(PLAIN);
  }

  @Test
  void sameValue_isSealedDifferentlyEachTime() {
    assertThat(sealer.seal(PLAIN, PLACE)).isNotEqualTo(sealer.seal(PLAIN, PLACE));
  }

  @Test
  void everyFlippedBit_isNoticed() {
    byte[] sealed = sealer.seal(PLAIN, PLACE);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(sealer, flipped, PLACE);
    }
  }

  @Test
  void otherPlaceOtherKeyOrPartOfIt_doesNotOpen() {
    byte[] sealed = sealer.seal(PLAIN, PLACE);
    assertBroken(sealer, sealed, "keys|2".getBytes(StandardCharsets.UTF_8));
    byte[] otherKey = new byte[32];
    otherKey[31] = 1;
    assertBroken(new Sealer(otherKey, new SecureRandom()), sealed, PLACE);
    for (int length = 0; length < sealed.length; length++) {
      assertBroken(sealer, Arrays.copyOf(sealed, length), PLACE);
    }
  }

  private static void assertBroken(Sealer sealer, byte[] sealed, byte[] place) {
    assertThatThrownBy(() -> sealer.open(sealed, place)).isInstanceOf(BrokenSealException.class);
  }
}
