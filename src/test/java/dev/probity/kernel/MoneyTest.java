package dev.probity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void usd_isExactAndShort() {
    assertThat(Money.usd(0)).isEqualTo("0");
    assertThat(Money.usd(7_948_000)).isEqualTo("0.007948");
    assertThat(Money.usd(-1)).isEqualTo("-0.000000001");
    assertThat(Money.usd(20_000_000_000L)).isEqualTo("20");
  }

  @Test
  void nanos_readsBack_andRefusesWhatIsFinerThanANano() {
    assertThat(Money.nanos("0.007948")).isEqualTo(7_948_000);
    assertThat(Money.nanos("20")).isEqualTo(20_000_000_000L);
    assertThatThrownBy(() -> Money.nanos("0.0000000001")).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void usage_partsAreDisjoint_andNegativesAreRefused() {
    Usage usage = new Usage(1, 2, 3, 4, 5, 6, 7);
    assertThat(usage.input()).isEqualTo(17);
    assertThat(usage.output()).isEqualTo(11);
    assertThat(usage.total()).isEqualTo(28);
    assertThat(usage.plus(usage).total()).isEqualTo(56);
    assertThatThrownBy(() -> new Usage(-1, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secret_doesNotShowItself() {
    assertThat(new Secret("sk-very-secret").toString()).doesNotContain("very");
  }
}
