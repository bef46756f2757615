package dev.probity.kernel.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.probity.kernel.Secret;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
  private final MasterKey key = MasterKey.of(new byte[32]);

  @Test
  void derive_givesEachPurposeItsOwnKey() {
    assertThat(key.derive("journal", 32))
        .hasSize(32)
        .isEqualTo(key.derive("journal", 32))
        .isNotEqualTo(key.derive("control store", 32));
    assertThat(
            MasterKey.of(
                    new byte[] {
                      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                      23, 24, 25, 26, 27, 28, 29, 30, 31, 32
                    })
                .derive("journal", 32))
        .isNotEqualTo(key.derive("journal", 32));
  }

  @Test
  void derive_neverChanges() {
    // Every data folder in the world would become unreadable.
    assertThat(HexFormat.of().formatHex(key.derive("journal", 32)))
        .isEqualTo("4c34ba23f248cb69fa874a630e3bf5bbea88bb63947e1fd428566d5b0dce2c5f");
  }

  @Test
  void text_isReadBack() {
    assertThat(MasterKey.parse(key.text())).contains(key);
    assertThat(MasterKey.parse(new Secret(key.text().reveal() + "\n"))).contains(key);
  }

  @Test
  void parse_refusesWhatIsNoKey() {
    assertThat(MasterKey.parse(new Secret("not base 64!"))).isEmpty();
    assertThat(MasterKey.parse(new Secret("c2hvcnQ="))).isEmpty();
    assertThatThrownBy(() -> MasterKey.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_doesNotSayTheKey() {
    assertThat(key.toString()).isEqualTo("[master key]");
    assertThat(key.text().toString()).isEqualTo("[secret]");
  }
}
