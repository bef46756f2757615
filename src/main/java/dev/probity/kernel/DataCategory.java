package dev.probity.kernel;

/** What kind of data a stored field holds. */
public enum DataCategory {
  /** Random or derived ids that say nothing by themselves. */
  IDENTIFIER,
  /** Names, addresses: who a person is. */
  IDENTITY,
  /** Key hashes, session hashes and other things that authenticate. */
  CREDENTIAL,
  /** Counts, times, sizes, model names, statuses. */
  USAGE_METRIC,
  /** Prices, charges, balances. */
  FINANCIAL,
  /** Prompts, answers, tool arguments and output. */
  CONTENT,
  /** Settings, schema versions, positions: the product's own bookkeeping. */
  OPERATIONAL
}
