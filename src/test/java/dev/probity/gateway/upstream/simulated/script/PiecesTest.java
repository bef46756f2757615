package dev.probity.gateway.upstream.simulated.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final String TEXT = "abc \uD83D\uDE00\uD83D\uDE01 déf \uD83D\uDE02";

  @Test
  void pieces_makeTheWholeAgain_andNeverHalveACharacter() {
    for (int parts = 1; parts < 40; parts++) {
      assertThat(Pieces.inParts(TEXT, parts))
          .allSatisfy(PiecesTest::assertWholeCharacters)
          .hasSizeLessThanOrEqualTo(parts);
      assertThat(String.join("", Pieces.inParts(TEXT, parts))).isEqualTo(TEXT);
      Faults faults = Faults.parse("chunk_bytes=" + parts);
      assertThat(Pieces.ofText(TEXT, faults)).allSatisfy(PiecesTest::assertWholeCharacters);
      assertThat(String.join("", Pieces.ofText(TEXT, faults))).isEqualTo(TEXT);
    }
  }

  @Test
  void nothing_isNoPiece() {
    assertThat(Pieces.inParts("", 12)).isEmpty();
  }

  @Test
  void firstTokens_neverHalveACharacter() {
    for (int tokens = 0; tokens < 8; tokens++) {
      String first = Tokens.first(TEXT, tokens);
      assertWholeCharacters(first);
      assertThat(TEXT).startsWith(first);
      assertThat(Tokens.of(first)).isLessThanOrEqualTo(tokens);
    }
  }

  private static void assertWholeCharacters(String piece) {
    assertThat(piece.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF)).isTrue();
  }
}
