package dev.probity.gateway.answer;

import dev.probity.kernel.Usage;

/** The half of an answer reader that tells what was found. */
abstract class TalliedReader implements AnswerReader {
  final AnswerTally tally = new AnswerTally();

  @Override
  public final Usage usage() {
    return tally.usageSoFar();
  }

  @Override
  public final boolean usageIsFinal() {
    return tally.isUsageFinal();
  }

  @Override
  public final boolean sawContent() {
    return tally.hasContent();
  }

  @Override
  public final long contentBytes() {
    return tally.contentBytes();
  }

  @Override
  public final boolean complete() {
    return tally.isComplete();
  }

  @Override
  public final String error() {
    return tally.errorWord();
  }

  @Override
  public final String answerId() {
    return tally.id();
  }

  @Override
  public final String serviceTier() {
    return tally.tier();
  }
}
