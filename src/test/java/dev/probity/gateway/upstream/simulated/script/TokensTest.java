package dev.probity.gateway.upstream.simulated.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokensTest {
  @Test
  void text_isFourBytesAToken() {
    assertThat(Tokens.of("")).isZero();
    assertThat(Tokens.of("abcd")).isEqualTo(1);
    assertThat(Tokens.of("abcde")).isEqualTo(2);
    assertThat(Tokens.of("éé")).isEqualTo(1);
  }

  @Test
  void attachment_doesNotCountItsBytes() {
    var small = Trees.object("type", "image", "data", "x".repeat(1000));
    var large = Trees.object("type", "image", "data", "x".repeat(1_000_000));
    assertThat(Tokens.of(large)).isEqualTo(Tokens.of(small)).isLessThan(300);
  }
}
